import type { Core } from './core.ts'
import { HASHES, type HashRange, MOST_SLOTS } from './hash-range.ts'
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
export function spanOf(core: Core, { from, to }: HashRange): Span {
  const { ends } = core
  const visitor = firstVisitor(core, from)
  const visitorEnd = firstVisitor(core, to)
  const event = visitor === 0 ? 0 : ends[visitor - 1]!
  return { visitor, visitorEnd, event, eventEnd: visitorEnd === 0 ? 0 : ends[visitorEnd - 1]! }
}

/** The first visitor whose hash is `hash` or more: looked up where one of the finest ranges begins. */
function firstVisitor({ starts, hi, slot, slots }: Core, hash: number): number {
  const range = hash / (HASHES / MOST_SLOTS) - slot * (MOST_SLOTS / slots)
  if (range <= 0) return 0
  if (range >= starts.length - 1) return hi.length
  const whole = Math.floor(range)
  return range === whole ? starts[whole]! : lowerBound(hi, hash, starts[whole]!, starts[whole + 1]!)
}
