import type { Arena } from './arena.ts'
import type { Core } from './core.ts'
import type { Piece } from './piece.ts'
import { SPREAD } from './spread.ts'

/**
 * Numbers the visitors of some pieces in the order in which they come: `numbers` has one for every
 * visitor of every piece, and `ends` how many events each has. Gives how many visitors there are.
 *
 * A slot of the table is a visitor's number, counted from 1, and half of the hash; the other half is
 * looked up where that one is the same. The table should fit the processor's cache.
 */
export function findVisitors(pieces: readonly Piece[], arena: Arena): number {
  const entries = pieces.reduce((sum, { visitor, visitorEnd }) => sum + visitorEnd - visitor, 0)
  arena.reserveVisitors(entries)
  // A third of the slots stays free, or more.
  const bits = Math.max(8, 32 - Math.clz32(entries * 1.5))
  if (arena.table.length !== WORDS << bits) arena.table = new Uint32Array(WORDS << bits)
  else arena.table.fill(0)
  let visitors = 0
  let entry = 0
  for (const piece of pieces) {
    visitors = findIn(piece, piece.part.core, arena, entry, visitors, 32 - bits)
    entry += piece.visitorEnd - piece.visitor
  }
  return visitors
}

const WORDS = 2

function findIn(
  { visitor, visitorEnd }: Piece,
  { hi, lo, ends }: Core,
  { table, numbers, halves, ends: counts }: Arena,
  entry: number,
  visitors: number,
  shift: number,
): number {
  const last = table.length - 1
  let begin = visitor === 0 ? 0 : ends[visitor - 1]!
  for (let v = visitor; v < visitorEnd; v++) {
    const low = lo[v]!
    const high = hi[v]!
    let slot = (Math.imul(low, SPREAD) >>> shift) * WORDS
    while (table[slot] !== 0 && (table[slot + 1] !== low || halves[table[slot]! - 1] !== high))
      slot = (slot + WORDS) & last
    let number = table[slot]! - 1
    if (number === -1) {
      number = visitors++
      table[slot] = visitors
      table[slot + 1] = low
      halves[number] = high
      counts[number] = 0
    }
    const end = ends[v]!
    counts[number]! += end - begin
    numbers[entry++] = number
    begin = end
  }
  return visitors
}
