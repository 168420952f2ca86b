import type { Core } from './core.ts'
import { HASHES, type HashRange, MOST_SLOTS } from './hash-range.ts'
import type { OpenPart } from './open-part.ts'

/** Neighbouring visitors of a part, and their events. */
export interface Span {
  readonly visitor: number
  readonly visitorEnd: number
  readonly event: number
  readonly eventEnd: number
}

/** A part, and what of it is asked about. */
export interface Piece extends Span {
  readonly part: OpenPart
}

/** What of a part is in a range, which is one of `hashRanges`. */
export function spanOf({ starts, ends, slot, slots }: Core, { from, to }: HashRange): Span {
  const size = HASHES / MOST_SLOTS
  const first = slot * (MOST_SLOTS / slots)
  const last = starts.length - 1
  const visitor = starts[Math.max(0, Math.min(last, from / size - first))]!
  const visitorEnd = starts[Math.max(0, Math.min(last, to / size - first))]!
  const event = visitor === 0 ? 0 : ends[visitor - 1]!
  return { visitor, visitorEnd, event, eventEnd: visitorEnd === 0 ? 0 : ends[visitorEnd - 1]! }
}
