import { firstAtOrAfter } from './candidates.ts'
import type { Fold } from './fold.ts'
import type { Funnel } from './funnel.ts'
import type { FunnelTally } from './tally.ts'
import { emptyFunnelTally, mergeFunnelTallies, withTotal } from './tally-merge.ts'
import { type Detail, unitCounter } from './unit-counter.ts'
import { eachUnit } from './visits.ts'

/**
 * The funnel for every bucket as its range, in one pass. `boundaries` ascend, in milliseconds: the
 * bucket b is `[boundaries[b], boundaries[b + 1])`.
 */
export function trendFold(
  funnel: Funnel,
  boundaries: readonly number[],
  detail: Detail = 'all',
): Fold<FunnelTally[]> {
  const counter = unitCounter(funnel, detail)
  const edges = Float64Array.from(boundaries)
  const ranges = boundaries.slice(1).map((to, bucket) => ({ from: boundaries[bucket] ?? to, to }))
  return {
    start: () => ranges.map(() => emptyFunnelTally(funnel)),
    visit(tallies, source) {
      const compiled = counter.compile(source)
      const counts = tallies.map((tally) => counter.countInto(compiled, tally))
      const { at } = source
      eachUnit(compiled.matcher, source, (begin, end) => {
        // Only buckets in which the visitor did something can count it.
        for (let i = firstAtOrAfter(at, begin, end, edges[0] ?? Infinity); i < end; ) {
          const bucket = firstAtOrAfter(edges, 0, edges.length, at[i]! + 1) - 1
          const range = ranges[bucket]
          const count = counts[bucket]
          if (!range || !count) break
          counter.add(count, begin, end, range)
          i = firstAtOrAfter(at, i, end, range.to)
        }
      })
      return tallies
    },
    merge: (a, b) =>
      a.map((tally, bucket) => {
        const other = b[bucket]
        return other ? mergeFunnelTallies(tally, other) : tally
      }),
    finish: (tallies) => tallies.map(withTotal),
  }
}
