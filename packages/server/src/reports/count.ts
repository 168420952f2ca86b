import type { Detail, Funnel, FunnelTally, Range } from '@weir/timeline'
import type { Report } from '../scan/report.ts'
import type { Scan } from '../scan/scan.ts'

/** A funnel, and for each stage the two-stage funnel from the target action to it. */
export interface Funnels {
  funnel: Funnel
  /** Null where the stage is the target itself, or nobody asked. */
  targets: (Funnel | null)[]
}

/** Funnels over one range, or over each of the buckets between ascending boundaries. */
export type Counting = Funnels & { detail: Detail } & ({ range: Range } | { boundaries: number[] })

/** What was counted for one range or bucket. */
export interface Counted {
  funnel: FunnelTally
  targets: (FunnelTally | null)[]
}

/**
 * Counts everything that one question needs in one pass over the same timelines, and gives `use` for each
 * counting what it gave for its range, or for each of its buckets. That holds until `use` returns: see Scan.
 */
export async function count<T>(
  scan: Scan,
  site_id: number,
  countings: readonly Counting[],
  use: (counted: Counted[][]) => T,
  signal?: AbortSignal,
): Promise<T> {
  const reports = countings.flatMap(reportsOf)
  const read = spanOf(countings)
  return scan.count(site_id, reports, read, (tallies) => use(given(countings, tallies)), signal)
}

/** What was counted, by counting. */
function given(countings: readonly Counting[], tallies: FunnelTally[][]): Counted[][] {
  const next = (): FunnelTally[] => tallies.shift() ?? []
  return countings.map((counting) => {
    const funnels = next()
    const targets = counting.targets.map((target) => target && next())
    return funnels.map((funnel, bucket) => ({
      funnel,
      targets: targets.map((target) => target?.[bucket] ?? null),
    }))
  })
}

const reportsOf = (counting: Counting): Report[] => [
  reportOf(counting, counting.funnel, counting.detail),
  ...counting.targets.flatMap((target) => (target ? [reportOf(counting, target, 'counts')] : [])),
]

const reportOf = (counting: Counting, funnel: Funnel, detail: Detail): Report =>
  'range' in counting
    ? { kind: 'funnel', funnel, detail, range: counting.range }
    : { kind: 'trend', funnel, detail, boundaries: counting.boundaries }

/** From the first entry to the last completion: those may lie after the range. */
function spanOf(countings: readonly Counting[]): { from: number; until: number } {
  const ranges = countings.map(rangeOf)
  const window = Math.max(...countings.map(({ funnel }) => funnel.window_ms))
  return {
    from: Math.min(...ranges.map(({ from }) => from)),
    until: Math.max(...ranges.map(({ to }) => to)) - 1 + window,
  }
}

const rangeOf = (counting: Counting): Range =>
  'range' in counting
    ? counting.range
    : { from: counting.boundaries[0] ?? 0, to: counting.boundaries.at(-1) ?? 0 }
