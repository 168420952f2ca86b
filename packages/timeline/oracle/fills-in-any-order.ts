import type { Funnel } from '../src/matching/funnel.ts'
import { between } from './between.ts'
import { selects } from './filter.ts'
import type { Chain, HistoryEvent } from './history.ts'
import { concerns } from './hold.ts'

/**
 * Whether the k events of the chain can each be given a stage of their own. The first opens the
 * window. An excluded event ends it, filling nothing: so only the first may be one, and none lies
 * after the moment of the first and before that of the last.
 */
export function fillsInAnyOrder(
  funnel: Funnel,
  seen: readonly HistoryEvent[],
  value: string | null,
  k: number,
  chain: Chain,
): boolean {
  const isExcluded = (event: HistoryEvent) =>
    concerns(funnel, value, event) &&
    funnel.exclusions.some((exclusion) => selects(exclusion, event))
  return (
    chain.length === k &&
    canBeGiven(funnel, chain, new Set(funnel.stages.keys())) &&
    !chain.slice(1).some(isExcluded) &&
    !between(seen, chain, chain.at(0)!, chain.at(-1)!).some(isExcluded)
  )
}

/** Tries every stage that is left for the first event, and so on with the others. */
function canBeGiven(funnel: Funnel, [event, ...others]: Chain, left: ReadonlySet<number>): boolean {
  if (!event) return true
  return [...left].some(
    (stage) =>
      selects(funnel.stages[stage]!, event) &&
      canBeGiven(funnel, others, new Set([...left].filter((other) => other !== stage))),
  )
}
