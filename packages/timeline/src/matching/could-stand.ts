/**
 * Whether an event could stand in the best chain of k events in any order, as its entry or its last.
 *
 * 1. Every event at the time of the entry may open the window; where the event is to be the entry, only it.
 * 2. The opener is placed, then the event, then the others of the window in order, up to k in all.
 *    Taking each as early as it goes gives the earliest chain that has those two.
 * 3. If that has the times of the best chain, the event could stand there.
 */
import { EXCLUDED, STAGES } from './bits.ts'
import { type Candidates, momentBegin } from './candidates.ts'
import { endOfWindow } from './match-any-order.ts'
import { emptyMatching, place } from './matching.ts'
import type { Plan } from './plan.ts'

export function couldStand(
  plan: Plan,
  candidates: Candidates,
  times: readonly number[],
  event: number,
  isEntry: boolean,
): boolean {
  // An excluded event ends what is open: it can begin a chain, and do nothing else in it.
  const mayFollow = (candidates.masks[event]! & EXCLUDED) === 0
  if (!isEntry && times.length > 1 && !mayFollow) return false
  for (let opener = 0; opener < candidates.length; opener++) {
    if (candidates.at[opener] !== times[0] || (candidates.masks[opener]! & STAGES) === 0) continue
    if (isEntry && opener !== event) continue
    const found = earliestWith(plan, candidates, opener, event, times.length)
    if (times.every((time, index) => time === found[index])) return true
  }
  return false
}

/** The times of the earliest chain of up to `size` events with this opener and this event; empty if there is none. */
function earliestWith(
  plan: Plan,
  candidates: Candidates,
  opener: number,
  event: number,
  size: number,
): number[] {
  const { at, masks } = candidates
  const first = momentBegin(candidates, opener)
  const end = endOfWindow(plan, candidates, opener, first)
  const matching = emptyMatching()
  const times: number[] = []
  const take = (index: number) => {
    const isTaken = matching.size < size && place(matching, masks, index, STAGES)
    if (isTaken) times.push(at[index]!)
    return isTaken
  }
  const isFree = (index: number) => index !== opener && (masks[index]! & EXCLUDED) === 0
  take(opener)
  if (event !== opener && (event >= end || !isFree(event) || !take(event))) return []
  for (let other = first; other < end; other++) if (other !== event && isFree(other)) take(other)
  return times.sort((a, b) => a - b)
}
