/**
 * Several events at one time: a chain may take them in any sequence, each once.
 *
 * 1. Remember what was held before; empty the stages that an excluded event of the moment empties.
 * 2. From each stage p that held an entry before, and from nothing if the moment is in the range,
 *    fill the required stages after p, one more at a time, with distinct events of the moment,
 *    until that fails. An optional stage is tried on top of those before it and taken out again.
 * 3. What is filled is reached with p's entry; of several, with the latest, and of those from the
 *    latest p, whose chain has the earlier stages.
 * 4. The chain stays at stage k unless an excluded event lies in it: a ≤ p, k < b, and not used by the
 *    chain. Events that must be used are placed first: they stay placed (see matching.ts).
 * 5. An event fills stage k if the other stages can be filled without it.
 */
import type { Candidates } from './candidates.ts'
import type { Range } from './funnel.ts'
import type { Held } from './held.ts'
import { clearMatching, type Matching, place } from './matching.ts'
import type { Plan } from './plan.ts'
import type { Reached } from './reached.ts'

/** Matches the candidates from `begin` up to `end`, which are all at one time. */
export function matchMoment(
  plan: Plan,
  candidates: Candidates,
  begin: number,
  end: number,
  range: Range,
  held: Held,
  reached: Reached,
) {
  const { masks } = candidates
  const { stages, required, window_ms } = plan
  const { moment } = held
  const time = candidates.at[begin]!
  moment.entries.set(held.entries)
  moment.chains.set(held.chains)
  for (const { bit, after, before } of plan.exclusions)
    if (hasBit(masks, begin, end, bit)) held.entries.fill(-Infinity, after, before)
  for (let stage = 0; stage < stages; stage++)
    moment.firsts[stage] = reached.lengths[stage] === 0 ? -Infinity : Infinity
  for (let start = stages - 1; start >= -1; start--) {
    if (start >= 0 && (required & (1 << start)) === 0) continue
    const isInRange = time >= range.from && time < range.to
    const entry = start >= 0 ? moment.entries[start]! : isInRange ? time : -Infinity
    if (time - entry <= window_ms) goOn(plan, masks, begin, end, start, entry, held, reached)
  }
}

function hasBit(masks: Int32Array, begin: number, end: number, bit: number): boolean {
  for (let event = begin; event < end; event++) if ((masks[event]! & bit) !== 0) return true
  return false
}

/** Fills the stages after `start`, as far as the moment's events go. */
function goOn(
  plan: Plan,
  masks: Int32Array,
  begin: number,
  end: number,
  start: number,
  entry: number,
  held: Held,
  reached: Reached,
) {
  const { firsts, matching, trial } = held.moment
  let filled = 0
  for (let stage = start + 1; stage < plan.stages; stage++) {
    const bit = 1 << stage
    const isRequired = (plan.required & bit) !== 0
    const wanted = filled | bit
    clearMatching(matching)
    if (!fillAll(matching, masks, begin, end, wanted, -1)) {
      if (isRequired) return
      continue
    }
    for (let event = begin; event < end; event++)
      if (
        (masks[event]! & bit) !== 0 &&
        (reached.fills[event]! & bit) === 0 &&
        canFill(matching, trial, masks, begin, end, wanted, stage, event)
      )
        reached.fills[event]! |= bit
    if (entry > firsts[stage]!) {
      firsts[stage] = entry
      reached.lengths[stage] = plan.depth[stage]! + 1
      noteMoment(plan, held, start, stage, wanted, matching, reached.chains)
    }
    if (!isRequired) continue
    filled = wanted
    if (entry <= held.entries[stage]!) continue
    if (!stays(plan, trial, masks, begin, end, start, stage, wanted)) continue
    held.entries[stage] = entry
    noteMoment(plan, held, start, stage, wanted, trial, held.chains)
  }
}

/** Whether every wanted stage gets an event of its own; adds to what is placed already. */
function fillAll(
  matching: Matching,
  masks: Int32Array,
  begin: number,
  end: number,
  wanted: number,
  without: number,
): boolean {
  const size = countBits(wanted)
  for (let event = begin; event < end && matching.size < size; event++)
    if (event !== without && !matching.events.includes(event)) place(matching, masks, event, wanted)
  return matching.size === size
}

/** Whether this event can fill this stage, given one way to fill all that is wanted. */
function canFill(
  matching: Matching,
  trial: Matching,
  masks: Int32Array,
  begin: number,
  end: number,
  wanted: number,
  stage: number,
  event: number,
): boolean {
  if (matching.events[stage] === event || !matching.events.includes(event)) return true
  clearMatching(trial)
  return fillAll(trial, masks, begin, end, wanted & ~(1 << stage), event)
}

/** Whether a chain from `start` can hold at `stage`: fills `matching` so that it uses every excluded event. */
function stays(
  plan: Plan,
  matching: Matching,
  masks: Int32Array,
  begin: number,
  end: number,
  start: number,
  stage: number,
  wanted: number,
): boolean {
  let spoilers = 0
  for (const { bit, after, before } of plan.exclusions)
    if (after <= start && stage < before) spoilers |= bit
  clearMatching(matching)
  for (let event = begin; event < end && spoilers !== 0; event++)
    if ((masks[event]! & spoilers) !== 0 && !place(matching, masks, event, wanted)) return false
  return fillAll(matching, masks, begin, end, wanted, -1)
}

/** Writes into row `stage` of `chains` what `start` held before the moment, and the moment's events. */
function noteMoment(
  { stages, depth }: Plan,
  { moment }: Held,
  start: number,
  stage: number,
  wanted: number,
  matching: Matching,
  chains: Int32Array,
) {
  const row = stage * stages
  const length = start < 0 ? 0 : depth[start]! + 1
  for (let i = 0; i < length; i++) chains[row + i] = moment.chains[start * stages + i]!
  let next = row + length
  for (let filled = start + 1; filled <= stage; filled++)
    if ((wanted & (1 << filled)) !== 0) chains[next++] = matching.events[filled]!
}

function countBits(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}
