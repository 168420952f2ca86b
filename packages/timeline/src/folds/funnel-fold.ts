import { counterOf, type Detail } from '../counting/counter.ts'
import { Rooms } from '../counting/rooms.ts'
import type { FunnelTally } from '../counting/tally.ts'
import { emptyFunnelTally, mergeFunnelTallies, withTotal } from '../counting/tally-merge.ts'
import type { Funnel, Range } from '../matching/funnel.ts'
import type { Fold } from './fold.ts'

/** Counts what an answer to a funnel question needs. Exact: see semantics.md, "Matching". */
export function funnelFold(
  funnel: Funnel,
  { from, to }: Range,
  detail: Detail = 'all',
  rooms = new Rooms(0),
): Fold<FunnelTally> {
  const counter = counterOf(funnel, [from, to], detail, rooms)
  return {
    start: () => emptyFunnelTally(funnel),
    visit(tally, source) {
      counter.count([tally], source)
      return tally
    },
    settle: (tally) => counter.settle([tally]),
    merge: mergeFunnelTallies,
    finish: withTotal,
  }
}
