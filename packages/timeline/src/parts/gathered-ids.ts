import type { VisitorNames } from '../timeline.ts'
import type { Arena } from './arena.ts'
import { PartError } from './part-error.ts'
import type { Piece } from './piece.ts'
import { type VisitorIds, visitorIdAt } from './visitor-ids.ts'

/** The visitors of a piece, and the number of the first of them among those of all pieces. */
interface Ids {
  readonly entry: number
  readonly visitor: number
  readonly ids: VisitorIds
}

/**
 * The ids of gathered visitors, each made when it is asked for: of millions a list shows a hundred.
 * They hold until the arena is given again.
 */
export function gatheredIds(
  pieces: readonly Piece[],
  visitors: number,
  { numbers, firsts }: Arena,
): VisitorNames {
  const all: Ids[] = []
  let entries = 0
  for (const { part, visitor, visitorEnd } of pieces) {
    if (part.visitorIds === null) throw new PartError('the visitor ids of a part were not read')
    all.push({ entry: entries, visitor, ids: part.visitorIds })
    entries += visitorEnd - visitor
  }
  // Visitors are numbered as they come, so where each came first ascends.
  let found = 0
  for (let entry = 0; entry < entries; entry++)
    if (numbers[entry] === found) firsts[found++] = entry
  return {
    length: visitors,
    at(number) {
      const entry = firsts[number]!
      const piece = all[pieceOf(all, entry)]
      return piece && visitorIdAt(piece.ids, piece.visitor + entry - piece.entry)
    },
  }
}

/** The last one that begins at or before an entry. */
function pieceOf(all: readonly Ids[], entry: number): number {
  let low = 0
  let high = all.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (all[middle]!.entry <= entry) low = middle
    else high = middle
  }
  return low
}
