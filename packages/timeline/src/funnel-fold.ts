import { counterOf, type Detail } from './counter.ts'
import type { Fold } from './fold.ts'
import type { Funnel, Range } from './funnel.ts'
import { Rooms } from './rooms.ts'
import type { FunnelTally } from './tally.ts'
import { emptyFunnelTally, mergeFunnelTallies, withTotal } from './tally-merge.ts'

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
