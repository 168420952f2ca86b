import type { Core } from './core.ts'
import { HASHES, type HashRange } from './hash-range.ts'
import { lowerBound } from './lower-bound.ts'
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

/** What of a part is in a range. */
export function spanOf({ hi, ends, visitors }: Core, { from, to }: HashRange): Span {
  const visitor = from <= 0 ? 0 : lowerBound(hi, from, 0, visitors)
  const visitorEnd = to >= HASHES ? visitors : lowerBound(hi, to, visitor, visitors)
  const event = visitor === 0 ? 0 : ends[visitor - 1]!
  return { visitor, visitorEnd, event, eventEnd: visitorEnd === 0 ? 0 : ends[visitorEnd - 1]! }
}
