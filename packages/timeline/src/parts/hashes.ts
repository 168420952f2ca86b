import type { Arena } from './arena.ts'
import type { Piece } from './piece.ts'

/** The hashes of some visitors, by number. */
export interface Hashes {
  readonly hi: Uint32Array
  readonly lo: Uint32Array
}

/** The hashes of the visitors of some pieces that findVisitors() has numbered. */
export function hashesOf(
  pieces: readonly Piece[],
  visitors: number,
  { numbers, halves }: Arena,
): Hashes {
  const lo = new Uint32Array(visitors)
  let entry = 0
  for (const { part, visitor, visitorEnd } of pieces)
    for (let v = visitor; v < visitorEnd; v++) lo[numbers[entry++]!] = part.core.lo[v]!
  return { hi: halves.slice(0, visitors), lo }
}
