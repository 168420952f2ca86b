/**
 * What a visitor reached, in order (semantics.md, "Matching, exactly").
 *
 * Each stage holds the chain with the latest entry. For every event, from what was held before it:
 *
 * 1. Each stage that it matches is brought an entry: the first one the event itself, if inside the
 *    range; the others what the nearest earlier required stage holds, if inside the window.
 *    A stage that is brought an entry is reached.
 * 2. If it is an excluded event between a and b, the stages from a up to b are emptied.
 * 3. Each required stage takes the entry it was brought, if later than what it holds now.
 *
 * Going through the stages from the last to the first does all three in place. `strict` is an
 * exclusion of every event. Several events at one time go a way of their own: match-moment.ts.
 */
import { EXCLUDED, STAGES } from './bits.ts'
import type { Candidates } from './candidates.ts'
import { momentEnd } from './candidates.ts'
import type { Range } from './funnel.ts'
import { clearHeld, type Held, noteHeld } from './held.ts'
import { matchMoment } from './match-moment.ts'
import type { Plan } from './plan.ts'
import { clearReached, type Reached } from './reached.ts'

export function matchOrdered(
  plan: Plan,
  candidates: Candidates,
  range: Range,
  held: Held,
  reached: Reached,
) {
  const { at, masks, length } = candidates
  const { required, base, window_ms } = plan
  const { from, to } = range
  const { entries } = held
  clearHeld(held)
  clearReached(reached, length)
  const { fills, lengths } = reached
  for (let i = 0; i < length; i++) {
    const time = at[i]!
    if (i + 1 < length && at[i + 1] === time) {
      const end = momentEnd(candidates, i)
      matchMoment(plan, candidates, i, end, range, held, reached)
      i = end - 1
      continue
    }
    const mask = masks[i]!
    const emptied = (mask & EXCLUDED) === 0 ? 0 : emptiedBy(plan, mask)
    let open = (mask & STAGES) | emptied
    while (open !== 0) {
      const stage = 31 - Math.clz32(open)
      const bit = 1 << stage
      open ^= bit
      const entry = stage === 0 ? time : entries[base[stage]!]!
      const isBrought =
        (mask & bit) !== 0 && (stage === 0 ? time >= from && time < to : time - entry <= window_ms)
      if ((emptied & bit) !== 0) entries[stage] = -Infinity
      if (!isBrought) continue
      fills[i]! |= bit
      if (lengths[stage] === 0) {
        lengths[stage] = plan.depth[stage]! + 1
        noteHeld(plan, held, stage, i, reached.chains)
      }
      if ((required & bit) === 0 || entry <= entries[stage]!) continue
      entries[stage] = entry
      if (stage === 0) held.chains[0] = i
      else noteHeld(plan, held, stage, i, held.chains)
    }
  }
}

/** The stages that an event empties as an excluded one. */
export function emptiedBy(plan: Plan, mask: number): number {
  let emptied = 0
  for (const exclusion of plan.exclusions)
    if ((mask & exclusion.bit) !== 0) emptied |= exclusion.emptied
  return emptied
}
