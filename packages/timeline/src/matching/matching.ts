/**
 * Gives events to stages, at most one each, by augmenting paths.
 *
 * 1. An event takes a free stage that it matches; else one whose event can move to another stage.
 * 2. An event that is placed stays placed, whatever comes later, so the ones that must be used come first.
 * 3. Where placing fails, all stages that were tried are shut: their events match nothing else, so
 *    a later event that matches only such stages fails at once.
 */
import { MAX_STAGES } from './bits.ts'

export interface Matching {
  /** The event of each stage; -1 where there is none. */
  readonly events: Int32Array
  size: number
  shut: number
  tried: number
}

export const emptyMatching = (): Matching => ({
  events: new Int32Array(MAX_STAGES).fill(-1),
  size: 0,
  shut: 0,
  tried: 0,
})

export function clearMatching(matching: Matching) {
  matching.events.fill(-1)
  matching.size = 0
  matching.shut = 0
}

/** Places one more event on one of the `allowed` stages; false if that cannot be. `allowed` must not change until cleared. */
export function place(
  matching: Matching,
  masks: Int32Array,
  event: number,
  allowed: number,
): boolean {
  matching.tried = matching.shut
  if (tryToPlace(matching, masks, event, allowed)) {
    matching.size++
    return true
  }
  matching.shut = matching.tried
  return false
}

function tryToPlace(
  matching: Matching,
  masks: Int32Array,
  event: number,
  allowed: number,
): boolean {
  const { events } = matching
  for (;;) {
    const open = masks[event]! & allowed & ~matching.tried
    if (open === 0) return false
    const stage = 31 - Math.clz32(open)
    matching.tried |= 1 << stage
    const holder = events[stage]!
    if (holder < 0 || tryToPlace(matching, masks, holder, allowed)) {
      events[stage] = event
      return true
    }
  }
}
