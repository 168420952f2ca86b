import { countCookieless, firstAtOrAfter } from './candidates.ts'
import type { Fold } from './fold.ts'
import type { Funnel } from './funnel.ts'
import type { FunnelTally } from './tally.ts'
import { emptyFunnelTally, mergeFunnelTallies } from './tally-merge.ts'
import { unitCounter } from './unit-counter.ts'
import { unitEnd } from './visits.ts'

/**
 * The funnel for every bucket as its range, in one pass. `boundaries` ascend, in milliseconds: the
 * bucket b is `[boundaries[b], boundaries[b + 1])`.
 */
export function trendFold(funnel: Funnel, boundaries: readonly number[]): Fold<FunnelTally[]> {
  const counter = unitCounter(funnel)
  const edges = Float64Array.from(boundaries)
  const ranges = boundaries.slice(1).map((to, bucket) => ({ from: boundaries[bucket] ?? to, to }))
  return {
    start: () => ranges.map(() => emptyFunnelTally(funnel)),
    visit(tallies, { source, begin, end }) {
      const matcher = counter.matcherFor(source)
      const { at } = source
      for (let unit = begin; unit < end; ) {
        const next = unitEnd(matcher, unit, end)
        // Only buckets in which the visitor did something can count it.
        for (let i = firstAtOrAfter(at, unit, next, edges[0] ?? Infinity); i < next; ) {
          const bucket = firstAtOrAfter(edges, 0, edges.length, at[i]! + 1) - 1
          const range = ranges[bucket]
          const tally = tallies[bucket]
          if (!range || !tally) break
          counter.add(tally, source, unit, next, range)
          tally.cookieless_events += countCookieless(matcher, unit, next, range)
          i = firstAtOrAfter(at, i, next, range.to)
        }
        unit = next
      }
      return tallies
    },
    merge: (a, b) =>
      a.map((tally, bucket) => {
        const other = b[bucket]
        return other ? mergeFunnelTallies(tally, other) : tally
      }),
  }
}
