/**
 * What a visitor reached when the order does not matter: stage k is k distinct stages filled.
 *
 * 1. Every event in the range that matches a stage opens a window, and fills one.
 * 2. Through the window in order, an event that can be placed beside those placed before it is one
 *    more (a matching; taking each as early as it goes gives every size its earliest chain).
 * 3. An excluded event fills nothing, and the window ends with its moment; it may open its own.
 *    In the opener's own moment the others may have come first, so none ends it there.
 * 4. Of the chains of k events, the better one is kept (see reached.ts); at a tie the first opener's.
 * 5. An event fills stage 1 if it opens a window; and, of a window that holds chains of up to m events
 *    by the end of its moment, the stages 2 to m, if it and the opener can fill two.
 */
import { EXCLUDED, STAGES } from './bits.ts'
import { type Candidates, momentEnd } from './candidates.ts'
import type { Range } from './funnel.ts'
import type { Held } from './held.ts'
import { clearMatching, type Matching, place } from './matching.ts'
import type { Plan } from './plan.ts'
import { clearReached, type Reached } from './reached.ts'

export function matchAnyOrder(
  plan: Plan,
  candidates: Candidates,
  range: Range,
  { moment: { matching } }: Held,
  reached: Reached,
) {
  const { at, masks, length } = candidates
  clearReached(reached, length)
  let moment = 0
  for (let opener = 0; opener < length; opener++) {
    const time = at[opener]!
    if (time !== at[moment]) moment = opener
    if (time >= range.to) break
    if (time < range.from || (masks[opener]! & STAGES) === 0) continue
    openWindow(plan, candidates, opener, moment, matching, reached)
  }
}

function openWindow(
  plan: Plan,
  candidates: Candidates,
  opener: number,
  first: number,
  matching: Matching,
  reached: Reached,
) {
  const { masks } = candidates
  clearMatching(matching)
  place(matching, masks, opener, STAGES)
  reached.fills[opener]! |= 1
  const chain = [opener]
  keepBetter(candidates, chain, reached)
  const windowEnd = endOfWindow(plan, candidates, opener, first)
  for (let begin = first; begin < windowEnd; ) {
    const end = momentEnd(candidates, begin)
    for (let event = begin; event < end; event++) {
      if (event === opener || (masks[event]! & EXCLUDED) !== 0) continue
      if (!place(matching, masks, event, STAGES)) continue
      chain.push(event)
      keepBetter(candidates, chain, reached)
    }
    noteFills(masks, begin, end, opener, chain.length, reached.fills)
    begin = end
  }
}

/** Where a window ends: after the moment of an excluded event, or when its time is over. `first` is where the opener's moment begins. */
export function endOfWindow(
  { window_ms }: Plan,
  { at, masks, length }: Candidates,
  opener: number,
  first: number,
): number {
  const last = at[opener]! + window_ms
  let ended = Infinity
  let end = first
  for (; end < length && at[end]! <= last && at[end]! <= ended; end++)
    if ((masks[end]! & EXCLUDED) !== 0 && at[end]! > at[opener]!) ended = at[end]!
  return end
}

/** Step 5. */
function noteFills(
  masks: Int32Array,
  begin: number,
  end: number,
  opener: number,
  size: number,
  fills: Int32Array,
) {
  if (size === 1) return
  const stages = (1 << size) - 2
  const open = masks[opener]! & STAGES
  for (let event = begin; event < end; event++) {
    const mask = masks[event]! & STAGES
    if (event === opener || mask === 0 || (masks[event]! & EXCLUDED) !== 0) continue
    const either = mask | open
    if ((either & (either - 1)) !== 0) fills[event]! |= stages
  }
}

function keepBetter({ at }: Candidates, chain: readonly number[], reached: Reached) {
  const stage = chain.length - 1
  if (reached.lengths[stage] !== 0 && !isBetter(at, chain, reached, stage)) return
  reached.lengths[stage] = chain.length
  const row = stage * reached.stages
  for (let i = 0; i < chain.length; i++) reached.chains[row + i] = chain[i]!
}

/** `compareChains`, without making lists of times. */
function isBetter(at: Float64Array, chain: readonly number[], reached: Reached, stage: number) {
  const row = stage * reached.stages
  const last = at[chain[stage]!]! - at[reached.chains[row + stage]!]!
  if (last !== 0) return last < 0
  const entry = at[chain[0]!]! - at[reached.chains[row]!]!
  if (entry !== 0) return entry > 0
  for (let i = 1; i < stage; i++) {
    const difference = at[chain[i]!]! - at[reached.chains[row + i]!]!
    if (difference !== 0) return difference < 0
  }
  return false
}
