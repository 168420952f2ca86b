import { counterOf, type Detail } from '../counting/counter.ts'
import { Rooms } from '../counting/rooms.ts'
import type { FunnelTally } from '../counting/tally.ts'
import { emptyFunnelTally, mergeFunnelTallies, withTotal } from '../counting/tally-merge.ts'
import type { Funnel } from '../matching/funnel.ts'
import type { Fold } from './fold.ts'

/**
 * The funnel for every bucket as its range, in one pass. `boundaries` ascend, in milliseconds: the
 * bucket b is `[boundaries[b], boundaries[b + 1])`.
 */
export function trendFold(
  funnel: Funnel,
  boundaries: readonly number[],
  detail: Detail = 'all',
  rooms = new Rooms(0),
): Fold<FunnelTally[]> {
  const counter = counterOf(funnel, boundaries, detail, rooms)
  return {
    start: () => boundaries.slice(1).map(() => emptyFunnelTally(funnel)),
    visit(tallies, source) {
      counter.count(tallies, source)
      return tallies
    },
    settle: counter.settle,
    merge: (a, b) =>
      a.map((tally, bucket) => {
        const other = b[bucket]
        return other ? mergeFunnelTallies(tally, other) : tally
      }),
    finish: (tallies) => tallies.map(withTotal),
  }
}
