import type { Fold } from './fold.ts'
import type { Funnel, Range } from './funnel.ts'
import type { FunnelTally } from './tally.ts'
import { emptyFunnelTally, mergeFunnelTallies, withTotal } from './tally-merge.ts'
import { type Detail, unitCounter } from './unit-counter.ts'
import { eachUnit } from './visits.ts'

/** Counts what an answer to a funnel question needs. Exact: see semantics.md, "Matching". */
export function funnelFold(
  funnel: Funnel,
  range: Range,
  detail: Detail = 'all',
): Fold<FunnelTally> {
  const counter = unitCounter(funnel, detail)
  return {
    start: () => emptyFunnelTally(funnel),
    visit(tally, source) {
      const compiled = counter.compile(source)
      const count = counter.countInto(compiled, tally)
      eachUnit(compiled.matcher, source, (begin, end) => counter.add(count, begin, end, range))
      return tally
    },
    merge: mergeFunnelTallies,
    finish: withTotal,
  }
}
