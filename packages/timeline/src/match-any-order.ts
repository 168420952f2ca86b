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
import { clearMatching, emptyMatching, type Matching, place } from './matching.ts'
import type { Plan } from './plan.ts'
import { clearReached, compareChains, eventOf, type Reached, timesOf } from './reached.ts'

export function matchAnyOrder(plan: Plan, candidates: Candidates, range: Range, reached: Reached) {
  const { at, masks, length } = candidates
  clearReached(reached, length)
  const matching = emptyMatching()
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
  const { at, masks, length } = candidates
  clearMatching(matching)
  place(matching, masks, opener, STAGES)
  reached.fills[opener]! |= 1
  const chain = [opener]
  keepBetter(candidates, chain, reached)
  const last = at[opener]! + plan.window_ms
  for (let begin = first; begin < length && at[begin]! <= last; ) {
    const end = momentEnd(candidates, begin)
    let isOver = false
    for (let event = begin; event < end; event++) {
      const mask = masks[event]!
      if ((mask & EXCLUDED) !== 0) isOver = begin > first
      else if (event !== opener && place(matching, masks, event, STAGES)) {
        chain.push(event)
        keepBetter(candidates, chain, reached)
      }
    }
    noteFills(masks, begin, end, opener, chain.length, reached.fills)
    if (isOver) return
    begin = end
  }
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

function keepBetter(candidates: Candidates, chain: readonly number[], reached: Reached) {
  const stage = chain.length - 1
  if (reached.lengths[stage] !== 0) {
    const last = candidates.at[chain[stage]!]!
    if (last > candidates.at[eventOf(reached, stage, stage)]!) return
    const times = chain.map((event) => candidates.at[event]!)
    if (compareChains(times, timesOf(reached, stage, candidates)) >= 0) return
  }
  reached.lengths[stage] = chain.length
  reached.chains.set(chain, stage * reached.stages)
}
