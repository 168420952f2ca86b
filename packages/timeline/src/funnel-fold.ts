import { countCookieless } from './candidates.ts'
import type { Fold } from './fold.ts'
import type { Funnel, Range } from './funnel.ts'
import type { FunnelTally } from './tally.ts'
import { emptyFunnelTally, mergeFunnelTallies } from './tally-merge.ts'
import { unitCounter } from './unit-counter.ts'
import { unitEnd } from './visits.ts'

/** Counts everything that an answer to a funnel question needs. Exact: see semantics.md, "Matching". */
export function funnelFold(funnel: Funnel, range: Range): Fold<FunnelTally> {
  const counter = unitCounter(funnel)
  return {
    start: () => emptyFunnelTally(funnel),
    visit(tally, { source, begin, end }) {
      const matcher = counter.matcherFor(source)
      tally.cookieless_events += countCookieless(matcher, begin, end, range)
      for (let unit = begin; unit < end; ) {
        const next = unitEnd(matcher, unit, end)
        counter.add(tally, source, unit, next, range)
        unit = next
      }
      return tally
    },
    merge: mergeFunnelTallies,
  }
}
