/**
 * What a chain is. Events e1 … en of one visitor, out of those the question sees, are a chain that
 * gets to stage k when
 *
 * 1. they are distinct, and none is earlier than the one before it (those of one moment may stand
 *    in any sequence),
 * 2. e1 is inside the range, and none is later than the window after it,
 * 3. with `strict`, every other event comes before e1 or after en: none lies after the moment of
 *    e1 and before that of en (others of those two moments can have come first, and last),
 * 4. with `hold`, one value is common to all of them,
 * 5. they fill stages up to k, unspoiled by excluded events of that value or of none: see
 *    fillsInOrder and fillsInAnyOrder.
 *
 * Hence whatever a chain begins with is a chain too: that is how chainsTo finds them all.
 */
import type { Funnel, Range } from '../src/matching/funnel.ts'
import { between } from './between.ts'
import { fillsInAnyOrder } from './fills-in-any-order.ts'
import { fillsInOrder } from './fills-in-order.ts'
import type { Chain, HistoryEvent } from './history.ts'
import { commonValues } from './hold.ts'

/** Whether `chain` gets to stage `k` (counted from 1) in a visitor of whom the question sees `seen`. */
export function isChain(
  funnel: Funnel,
  range: Range,
  seen: readonly HistoryEvent[],
  k: number,
  chain: Chain,
): boolean {
  const entry = chain.at(0)
  const last = chain.at(-1)
  if (!entry || !last) return false
  const fills = funnel.order === 'any_order' ? fillsInAnyOrder : fillsInOrder
  return (
    new Set(chain).size === chain.length &&
    chain.every((event, i) => i === 0 || event.at >= chain[i - 1]!.at) &&
    entry.at >= range.from &&
    entry.at < range.to &&
    last.at - entry.at <= funnel.window_ms &&
    (funnel.order !== 'strict' || between(seen, chain, entry, last).length === 0) &&
    commonValues(funnel, chain).some((value) => fills(funnel, seen, value, k, chain))
  )
}
