import type { ValueCodes } from '../timeline.ts'
import { bitsIn, CONSTANT, type PartColumn, PLAIN, PRESENT, VISITORS } from './column.ts'
import type { Core } from './core.ts'
import { lowerBound } from './lower-bound.ts'
import type { Span } from './piece.ts'

/**
 * Writes the codes of a span's events to where each visitor's events go, as the numbers that they have
 * there. `places` has one place for every visitor of the span, from `entry` on; `into` must be zeros.
 */
export function placeCodes(
  column: PartColumn,
  core: Core,
  span: Span,
  numbers: Uint32Array,
  places: Uint32Array,
  entry: number,
  into: ValueCodes,
) {
  if (span.visitor === span.visitorEnd) return
  const { encoding } = column
  if (encoding === PLAIN) placePlain(column, core, span, numbers, places, entry, into)
  else if (encoding === PRESENT) placePresent(column, core, span, numbers, places, entry, into)
  else if (encoding === VISITORS) placeVisitors(column, core, span, numbers, places, entry, into)
  else if (encoding === CONSTANT) placeConstant(column, core, span, numbers, places, entry, into)
  placeExceptions(column, core, span, numbers, places, entry, into)
}

type Place = typeof placeCodes

const placePlain: Place = ({ codes }, { ends }, span, numbers, places, entry, into) => {
  let event = span.event
  for (let v = span.visitor; v < span.visitorEnd; v++) {
    let to = places[entry++]!
    for (const end = ends[v]!; event < end; event++) into[to++] = numbers[codes[event]!]!
  }
}

/** Goes from bit to bit: a property that few events have is not looked for on the others. */
const placePresent: Place = (column, { ends }, span, numbers, places, entry, into) => {
  const { bits, ranks, codes } = column
  const { event, eventEnd } = span
  let v = span.visitor
  let begin = event
  let next = ranks[event >>> 5]! + bitsIn(bits[event >>> 5]! & ((1 << (event & 31)) - 1))
  for (let word = event >>> 5; word << 5 < eventEnd; word++) {
    let left = bits[word]!
    if (word === event >>> 5) left &= -1 << (event & 31)
    for (; left !== 0; left &= left - 1) {
      const position = (word << 5) + 31 - Math.clz32(left & -left)
      if (position >= eventEnd) return
      while (ends[v]! <= position) begin = ends[v++]!
      into[places[entry + v - span.visitor]! + position - begin] = numbers[codes[next++]!]!
    }
  }
}

const placeVisitors: Place = ({ codes }, { ends }, span, numbers, places, entry, into) => {
  let event = span.event
  for (let v = span.visitor; v < span.visitorEnd; v++) {
    const number = numbers[codes[v]!]!
    let to = places[entry++]!
    for (const end = ends[v]!; event < end; event++) into[to++] = number
  }
}

const placeConstant: Place = ({ constant }, { ends }, span, numbers, places, entry, into) => {
  const number = numbers[constant]!
  if (number === 0) return
  let event = span.event
  for (let v = span.visitor; v < span.visitorEnd; v++) {
    let to = places[entry++]!
    for (const end = ends[v]!; event < end; event++) into[to++] = number
  }
}

const placeExceptions: Place = (column, { ends }, span, numbers, places, entry, into) => {
  const { positions, exceptions } = column
  const { event, eventEnd, visitor, visitorEnd } = span
  let v = visitor
  let i = lowerBound(positions, event, 0, positions.length)
  for (; i < positions.length && positions[i]! < eventEnd; i++) {
    const position = positions[i]!
    v = visitorOf(ends, position, v, visitorEnd)
    const begin = v === 0 ? 0 : ends[v - 1]!
    into[places[entry + v - visitor]! + position - begin] = numbers[exceptions[i]!]!
  }
}

/** The visitor whose events reach beyond a position, from `v` on: steps grow, for the next one is mostly near. */
function visitorOf(ends: Uint32Array, position: number, v: number, visitorEnd: number): number {
  let step = 1
  let low = v
  while (low + step < visitorEnd && ends[low + step]! <= position) {
    low += step
    step *= 2
  }
  return lowerBound(ends, position + 1, low, Math.min(visitorEnd, low + step + 1))
}
