import { describe, expect, test } from 'vitest'
import { oracleTally, type PlainFunnelTally, type PlainTally } from '../oracle/index.ts'
import { type ConformanceRow, conformanceRows } from './conformance-rows.ts'
import { engineTally } from './engine.ts'

const answerers = {
  oracle: oracleTally,
  engine: engineTally,
}

describe.each(Object.entries(answerers))('%s', (_, answer) => {
  test.each(conformanceRows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    expect(answerTo(row, answer(row.funnel, row.range, row.events))).toEqual(row.expect)
  })
})

/** What the answer says of those things that the row expects. */
function answerTo({ expect: expected }: ConformanceRow, tally: PlainFunnelTally) {
  const counts = tally.stages.map((stage) => stage.count)
  const said = {
    counts,
    time_to_convert_seconds: seconds(tally.time_to_convert),
    time_to_stage_seconds: tally.stages.map((stage) => seconds(stage.time_to_stage)),
    site_visitors: tally.site_visitors,
    conversion_events: tally.events,
    breakdown: tally.rows && rowsOf(tally.rows),
    rate: counts[0] ? counts.at(-1)! / counts[0] : null,
  }
  return Object.fromEntries(Object.entries(said).filter(([key]) => key in expected))
}

/** Rows in the order of their values, unset first. */
function rowsOf(rows: ReadonlyMap<string | null, PlainTally>) {
  return [...rows]
    .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([value, { stages }]) => ({ value, counts: stages.map((stage) => stage.count) }))
}

/** The median, in seconds; null of nothing. */
function seconds(times_ms: readonly number[]): number | null {
  if (times_ms.length === 0) return null
  const ranked = times_ms.toSorted((a, b) => a - b)
  const middle = (ranked.length - 1) / 2
  return (ranked[Math.floor(middle)]! + ranked[Math.ceil(middle)]!) / 2 / 1000
}
