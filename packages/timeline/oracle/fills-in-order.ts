import type { Exclusion, Funnel } from '../src/matching/funnel.ts'
import { between } from './between.ts'
import { selects } from './filter.ts'
import type { Chain, HistoryEvent } from './history.ts'
import { concerns } from './hold.ts'
import { stagesTo } from './stages-to.ts'

/**
 * Whether the chain matches, in order, the required stages before k, and k itself, and is spoiled
 * by no excluded event of the held value, or of none.
 */
export function fillsInOrder(
  funnel: Funnel,
  seen: readonly HistoryEvent[],
  value: string | null,
  k: number,
  chain: Chain,
): boolean {
  const stages = stagesTo(funnel, k)
  return (
    stages.length === chain.length &&
    stages.every((stage, i) => selects(funnel.stages[stage - 1]!, chain[i]!)) &&
    funnel.exclusions.every((exclusion) => {
      const excluded = seen.filter(
        (event) => selects(exclusion, event) && concerns(funnel, value, event),
      )
      return !spoils(exclusion, excluded, stages, chain)
    })
  )
}

/**
 * Whether an excluded event lies after the moment of `after_stage` and before that of
 * `before_stage`; in a chain that did not get there, before that of its last event: what the chain
 * had reached by then stays.
 */
function spoils(
  exclusion: Exclusion,
  excluded: readonly HistoryEvent[],
  stages: readonly number[],
  chain: Chain,
): boolean {
  const begin = chain[stages.indexOf(exclusion.after_stage)]
  const end = chain[stages.indexOf(exclusion.before_stage)] ?? chain.at(-1)
  if (!begin || !end) return false
  return between(excluded, chain, begin, end).length > 0
}
