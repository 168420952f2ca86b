/**
 * All chains to stage k.
 *
 * 1. The chains to the stage before it that is not optional are found first (before the first
 *    stage: the empty one).
 * 2. Each of them is tried with each event of the visitor at its end.
 * 3. What is a chain by definition is kept.
 */
import type { Funnel, Range } from '../src/matching/funnel.ts'
import { isChain } from './chain.ts'
import type { Chain, HistoryEvent } from './history.ts'
import { stagesTo } from './stages-to.ts'

export function chainsTo(
  funnel: Funnel,
  range: Range,
  seen: readonly HistoryEvent[],
  k: number,
): Chain[] {
  const before = stagesTo(funnel, k).at(-2)
  const shorter = before === undefined ? [[]] : chainsTo(funnel, range, seen, before)
  return shorter
    .flatMap((chain) => seen.map((event) => [...chain, event]))
    .filter((chain) => isChain(funnel, range, seen, k, chain))
}
