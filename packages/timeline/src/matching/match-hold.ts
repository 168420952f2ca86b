/**
 * What a visitor reached with one value common to all events of a chain.
 *
 * 1. Every value that an entry has is matched on its own.
 * 2. In it an event of another value matches nothing. One without the property fills no stage, but
 *    excludes. `strict` goes on seeing all of them.
 * 3. Of the values' chains to one stage the best is taken; an event fills a stage if it does for any value.
 */
import { EXCLUDED, STRICT } from './bits.ts'
import { type Candidates, clearCandidates } from './candidates.ts'
import type { Range } from './funnel.ts'
import type { Hold } from './hold.ts'
import { matchPlain } from './match-plain.ts'
import type { Plan } from './plan.ts'
import { clearReached, compareChains, type Reached, timesOf } from './reached.ts'
import type { Scratch } from './scratch.ts'

export function matchHold(
  plan: Plan,
  hold: Hold | null,
  candidates: Candidates,
  range: Range,
  scratch: Scratch,
  reached: Reached,
) {
  clearReached(reached, candidates.length)
  if (hold === null) return
  const { own } = scratch
  noteValuesOfEntries(plan, hold, candidates, range, own.values)
  for (const value of own.values) {
    selectHeld(hold, value, candidates, own.candidates)
    matchPlain(plan, own.candidates, range, scratch.held, own.reached)
    keepBest(candidates, own.candidates, own.reached, reached)
  }
}

/** Lists the numbers of the values that entries have, each once. */
export function noteValuesOfEntries(
  plan: Plan,
  hold: Hold,
  candidates: Candidates,
  range: Range,
  into: number[],
) {
  into.length = 0
  for (let i = 0; i < candidates.length; i++) {
    const time = candidates.at[i]!
    if ((candidates.masks[i]! & plan.openers) === 0 || time < range.from || time >= range.to)
      continue
    for (const value of valuesAt(hold, candidates, i)) if (!into.includes(value)) into.push(value)
  }
}

/** The numbers of the values that a candidate has. */
export const valuesAt = (hold: Hold, { positions }: Candidates, index: number) =>
  hold.numbers[hold.codes[positions[index]!]!]!

/** Copies the candidates that matter to one value; their positions are indexes into `all`. */
export function selectHeld(hold: Hold, value: number, all: Candidates, own: Candidates) {
  clearCandidates(own, all.length)
  for (let i = 0; i < all.length; i++) {
    const values = valuesAt(hold, all, i)
    const kept = values.length === 0 ? EXCLUDED : values.includes(value) ? -1 : STRICT
    const mask = all.masks[i]! & kept
    if (mask === 0) continue
    own.at[own.length] = all.at[i]!
    own.masks[own.length] = mask
    own.positions[own.length] = i
    own.length++
  }
}

function keepBest(all: Candidates, own: Candidates, ofValue: Reached, best: Reached) {
  const { stages } = best
  for (let i = 0; i < own.length; i++) best.fills[own.positions[i]!]! |= ofValue.fills[i]!
  for (let stage = 0; stage < stages; stage++) {
    const length = ofValue.lengths[stage]!
    if (length === 0) continue
    const isFirst = best.lengths[stage] === 0
    if (!isFirst && compareChains(timesOf(ofValue, stage, own), timesOf(best, stage, all)) >= 0)
      continue
    best.lengths[stage] = length
    for (let i = stage * stages; i < stage * stages + length; i++)
      best.chains[i] = own.positions[ofValue.chains[i]!]!
  }
}
