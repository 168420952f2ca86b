import type { PlainFunnelTally, PlainTally } from '../oracle/index.ts'

/** A tally as plain data that means the same whatever the visitors' sequence was. */
export function plain({ rows, ...total }: PlainFunnelTally) {
  return {
    ...plainRow(total),
    site_visitors: total.site_visitors,
    cookieless_events: total.cookieless_events,
    rows:
      rows &&
      byKey([...rows].map(([value, row]) => [String(JSON.stringify(value)), plainRow(row)])),
  }
}

export function plainRow(tally: PlainTally) {
  return {
    events: tally.events,
    time_to_convert: ranked(tally.time_to_convert),
    stages: tally.stages.map((stage) => ({
      count: stage.count,
      time_to_stage: ranked(stage.time_to_stage),
      continued: ranked(stage.continued),
      left: ranked(stage.left),
      revenue: byKey(
        [...stage.revenue].map(([currency, { orders, value }]) => [currency, { orders, value }]),
      ),
    })),
  }
}

const ranked = (times: readonly number[]) => [...times].sort((a, b) => a - b)

const byKey = <T>(entries: [string, T][]) =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
