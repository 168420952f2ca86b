import { bitsIn, CONSTANT, type PartColumn, PLAIN, PRESENT, VISITORS } from './column.ts'
import type { Core } from './core.ts'
import { lowerBound } from './lower-bound.ts'
import type { Span } from './piece.ts'

/** Writes the codes of a span's events to the front of `into`, each as the number that `numbers` has for it. */
export function readCodes(
  column: PartColumn,
  { ends }: Core,
  span: Span,
  numbers: Uint32Array,
  into: Uint32Array,
) {
  const { encoding, constant, codes } = column
  const { event, eventEnd } = span
  if (encoding === PLAIN)
    for (let e = event; e < eventEnd; e++) into[e - event] = numbers[codes[e]!]!
  else if (encoding === PRESENT) readPresent(column, span, numbers, into)
  else if (encoding === CONSTANT) into.fill(numbers[constant]!, 0, eventEnd - event)
  else if (encoding === VISITORS)
    for (let v = span.visitor, e = event; v < span.visitorEnd; v++)
      for (const end = ends[v]!, number = numbers[codes[v]!]!; e < end; e++)
        into[e - event] = number
  readExceptions(column, span, numbers, into)
}

function readPresent(
  { bits, ranks, codes }: PartColumn,
  { event, eventEnd }: Span,
  numbers: Uint32Array,
  into: Uint32Array,
) {
  if (event === eventEnd) return
  const first = event >>> 5
  let next = ranks[first]! + bitsIn(bits[first]! & ((1 << (event & 31)) - 1))
  for (let e = event; e < eventEnd; e++)
    into[e - event] = (bits[e >>> 5]! & (1 << (e & 31))) === 0 ? 0 : numbers[codes[next++]!]!
}

function readExceptions(
  { positions, exceptions }: PartColumn,
  { event, eventEnd }: Span,
  numbers: Uint32Array,
  into: Uint32Array,
) {
  let i = lowerBound(positions, event, 0, positions.length)
  for (; i < positions.length && positions[i]! < eventEnd; i++)
    into[positions[i]! - event] = numbers[exceptions[i]!]!
}
