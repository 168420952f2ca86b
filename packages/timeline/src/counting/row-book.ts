import type { Rows } from './rows.ts'
import type { FunnelTally, Tally } from './tally.ts'
import { emptyTally } from './tally-merge.ts'

/**
 * The rows of a breakdown in one source, numbered from 0 as units need them: a row is the code of a value in a
 * bucket. The compiled loop looks rows up, and adds them, itself. Reused.
 */
export interface RowBook {
  /** Open addressing: the numbers of rows, counted from 1, where slotOf() says. */
  table: Uint32Array
  /** By row: code × buckets + bucket. */
  places: Uint32Array
  length: number
}

export const noRowBook = (): RowBook => ({
  table: new Uint32Array(0),
  places: new Uint32Array(0),
  length: 0,
})

const SPREAD = 0x9e3779b1

/** Where a place is looked for first in a table of `2 ** (32 - shift)` slots: as source text. */
export const slotText = (place: string, shift: string): string =>
  `Math.imul(${place}, ${SPREAD}) >>> ${shift}`

const slotOf = (place: number, shift: number): number => Math.imul(place, SPREAD) >>> shift

const shiftOf = ({ table }: RowBook): number => Math.clz32(table.length) + 1

/** Makes room for that many more rows. */
export function reserveRows(book: RowBook, more: number) {
  const most = book.length + more
  if (most * 2 <= book.table.length) return
  book.table = new Uint32Array(1 << (33 - Math.clz32(most * 2)))
  const { places } = book
  book.places = new Uint32Array(book.table.length)
  book.places.set(places.subarray(0, book.length))
  for (let row = 0; row < book.length; row++) book.table[findSlot(book, places[row]!)] = row + 1
}

/** The slot where a place stands, or may stand. */
function findSlot(book: RowBook, place: number): number {
  const { table, places } = book
  let slot = slotOf(place, shiftOf(book))
  while (table[slot] !== 0 && places[table[slot]! - 1] !== place)
    slot = (slot + 1) & (table.length - 1)
  return slot
}

/** The number of a row; there must be room for one more. */
export function rowAt(book: RowBook, place: number): number {
  const slot = findSlot(book, place)
  if (book.table[slot] === 0) {
    book.places[book.length] = place
    book.table[slot] = ++book.length
  }
  return book.table[slot]! - 1
}

/** Begins anew, with another source. */
export function clearRows(book: RowBook) {
  book.table.fill(0)
  book.length = 0
}

/** The tallies of the rows, by their numbers: those of one text in one bucket are one. */
export function talliesOf(
  book: RowBook,
  { texts }: Rows,
  buckets: readonly FunnelTally[],
): Tally[] {
  return Array.from(book.places.subarray(0, book.length), (place) => {
    const { rows, stages } = buckets[place % buckets.length]!
    const text = texts[Math.floor(place / buckets.length)]!
    const tally = rows?.get(text) ?? emptyTally(stages.length)
    rows?.set(text, tally)
    return tally
  })
}
