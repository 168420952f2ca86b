import type { FunnelTally } from '@weir/timeline'
import type { Report } from '../scan/report.ts'
import type { Scan } from '../scan/scan.ts'
import type { Counting, Plan } from './plan.ts'

/** What was counted for one range. */
export interface Counted {
  funnel: FunnelTally
  targets: (FunnelTally | null)[]
}

/** Counts everything that one question needs in one pass over the timelines. */
export async function count(
  scan: Scan,
  site_id: number,
  { main, mature }: Plan,
): Promise<{ main: Counted; mature: Counted | null }> {
  const reports = [main, ...(mature ? [mature] : [])].flatMap(reportsOf)
  const { range, funnel } = main
  // Completions may lie after the range.
  const read = { from: range.from, until: range.to - 1 + funnel.window_ms }
  const tallies = (await scan.count(site_id, reports, read)).flat()
  const take = (counting: Counting): Counted => ({
    funnel: next(),
    targets: counting.targets.map((target) => target && next()),
  })
  const next = (): FunnelTally => {
    const tally = tallies.shift()
    if (!tally) throw new Error('fewer tallies than reports')
    return tally
  }
  return { main: take(main), mature: mature && take(mature) }
}

const reportsOf = ({ range, funnel, targets }: Counting): Report[] =>
  [funnel, ...targets].flatMap((one) =>
    one ? [{ kind: 'funnel' as const, funnel: one, range }] : [],
  )
