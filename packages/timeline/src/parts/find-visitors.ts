import type { Arena } from './arena.ts'
import type { Core } from './core.ts'
import type { Piece } from './piece.ts'

/**
 * Numbers the visitors of some pieces in the order in which they come: `numbers` has one for every
 * visitor of every piece, and `ends` how many events each has. Gives how many visitors there are.
 */
export function findVisitors(pieces: readonly Piece[], arena: Arena): number {
  const entries = pieces.reduce((sum, { visitor, visitorEnd }) => sum + visitorEnd - visitor, 0)
  arena.reserveVisitors(entries)
  const bits = Math.max(8, 33 - Math.clz32(entries))
  if (arena.table.length !== 1 << bits) arena.table = new Uint32Array(1 << bits)
  else arena.table.fill(0)
  let visitors = 0
  let entry = 0
  for (const piece of pieces) {
    visitors = findIn(piece, piece.part.core, arena, entry, visitors, 32 - bits)
    entry += piece.visitorEnd - piece.visitor
  }
  return visitors
}

/** Whoever sends events chooses ids: hashes are spread by a number that nobody knows, so that none can be made to collide. */
const SPREAD = (Math.random() * 2 ** 32) | 1

function findIn(
  { visitor, visitorEnd }: Piece,
  { hi, lo, ends }: Core,
  arena: Arena,
  entry: number,
  visitors: number,
  shift: number,
): number {
  const { table, hi: knownHi, lo: knownLo, ends: counts, numbers } = arena
  const last = table.length - 1
  let begin = visitor === 0 ? 0 : ends[visitor - 1]!
  for (let v = visitor; v < visitorEnd; v++) {
    const [high, low] = [hi[v]!, lo[v]!]
    let slot = Math.imul(low, SPREAD) >>> shift
    let number = table[slot]! - 1
    while (number >= 0 && (knownLo[number] !== low || knownHi[number] !== high)) {
      slot = (slot + 1) & last
      number = table[slot]! - 1
    }
    if (number < 0) {
      number = visitors++
      table[slot] = visitors
      knownHi[number] = high
      knownLo[number] = low
      counts[number] = 0
    }
    const end = ends[v]!
    counts[number]! += end - begin
    numbers[entry++] = number
    begin = end
  }
  return visitors
}
