/**
 * Rows on their way into parts. Each is taken apart as it comes, so that no row has to be kept:
 *
 * 1. Visitors, names and values are numbered, times and numbers noted.
 * 2. Every visitor is hashed once, and ranked by its hash.
 * 3. The rows are sorted by day, rank and time; the sequence of equal ones is kept.
 * 4. Each day is cut into slots, as many as its events need, and each slot packed.
 */
import { BOT, COOKIELESS } from '../timeline.ts'
import { encodePart } from './encode-part.ts'
import { slotOf, slotsFor } from './hash-range.ts'
import { DAY_MS, LAST_DAY, type Part, type Settings } from './part.ts'
import { type RankedVisitors, rankVisitors } from './rank-visitors.ts'
import type { Row } from './row.ts'
import { RowColumns } from './row-columns.ts'
import { sortRows } from './sort-rows.ts'

/** The site's number of a name. At most 65,535. */
export type CodeOf = (name: string, bot: boolean, cookieless: boolean) => number

export interface LoomOptions {
  /** 1, 16 or 256; chosen by the number of a day's events where it is not given. */
  readonly slots?: number
  /** Whether a row, by its number, is woven; without it all are. */
  readonly isKept?: (row: number) => boolean
}

export class Loom {
  readonly #visitors = new Map<string, number>()
  readonly #names = new Map<string, number>()
  readonly #columns = new RowColumns()
  // By row.
  readonly #visitor: number[] = []
  readonly #at: number[] = []
  readonly #name: number[] = []
  readonly #hidden: number[] = []

  /** How many rows it was given. */
  get length(): number {
    return this.#at.length
  }

  /** Throws RangeError where the time is no whole number. */
  add({ visitor_id, at, name, properties }: Row) {
    if (!Number.isInteger(at) || Math.abs(at) > LAST_DAY * DAY_MS)
      throw new RangeError(`${at} is no whole number of milliseconds`)
    const hidden = this.#columns.add(this.length, properties)
    this.#visitor.push(numberOf(this.#visitors, visitor_id))
    this.#name.push(numberOf(this.#names, name))
    this.#hidden.push(hidden)
    this.#at.push(at)
  }

  /** One part a day and slot. */
  weave(codeOf: CodeOf, { slots, isKept }: LoomOptions = {}): Part[] {
    const kept = isKept ? [...this.#at.keys()].filter(isKept) : [...this.#at.keys()]
    const visitors = rankVisitors([...this.#visitors.keys()], this.#visitor)
    const at = Float64Array.from(this.#at)
    const order = sortRows(Uint32Array.from(kept), at, visitors)
    const pieces = cutOf(order, at, visitors, slots)
    const columns = this.#columnsOf(order, pieces)
    const codes = this.#codesOf(order, codeOf)
    return pieces.map((piece, index) => {
      const rows = order.subarray(piece.begin, piece.end)
      return weavePart(piece, rows, at, codes, visitors, columns[index]!)
    })
  }

  /** By row, of those in `order`. A name is looked up once. */
  #codesOf(order: Uint32Array, codeOf: CodeOf): Uint16Array {
    const names = [...this.#names.keys()]
    const known: (number | undefined)[] = []
    const codes = new Uint16Array(this.length)
    for (const row of order) {
      const [name, hidden] = [this.#name[row]!, this.#hidden[row]!]
      const key = name * 4 + hidden
      const code =
        known[key] ?? codeOf(names[name]!, (hidden & BOT) !== 0, (hidden & COOKIELESS) !== 0)
      if (!(code >= 0 && code <= 0xffff)) throw new RangeError(`${code} is no code of a name`)
      known[key] = code
      codes[row] = code
    }
    return codes
  }

  /** Of every piece its columns: a column's codes are brought into the order of the rows, then cut. */
  #columnsOf(order: Uint32Array, pieces: readonly Piece[]): Map<string, Settings>[] {
    const columns = pieces.map(() => new Map<string, Settings>())
    const places = new Int32Array(this.length).fill(-1)
    for (let place = 0; place < order.length; place++) places[order[place]!] = place
    const sorted = new Uint32Array(order.length)
    for (const [name, { positions, codes, values }] of this.#columns.finish()) {
      sorted.fill(0)
      for (let i = 0; i < positions.length; i++) {
        const place = places[positions[i]!]!
        if (place !== -1) sorted[place] = codes[i]!
      }
      for (const [index, { begin, end }] of pieces.entries()) {
        const settings = settingsOf(sorted, begin, end, values)
        if (settings.codes.length > 0) columns[index]!.set(name, settings)
      }
    }
    return columns
  }
}

/** Weaves rows of any days, in any order, into parts. */
export function weaveParts(rows: readonly Row[], codeOf: CodeOf, slots?: number): Part[] {
  const loom = new Loom()
  for (const row of rows) loom.add(row)
  return loom.weave(codeOf, slots === undefined ? {} : { slots })
}

function numberOf(known: Map<string, number>, text: string): number {
  const number = known.get(text)
  if (number !== undefined) return number
  known.set(text, known.size)
  return known.size - 1
}

/** Rows of one day and slot, as places in their order. */
interface Piece {
  readonly day: number
  readonly slots: number
  readonly slot: number
  readonly begin: number
  readonly end: number
}

function cutOf(
  order: Uint32Array,
  at: Float64Array,
  { hi, ranks }: RankedVisitors,
  slots: number | undefined,
): Piece[] {
  const pieces: Piece[] = []
  const dayAt = (place: number) => Math.floor(at[order[place]!]! / DAY_MS)
  for (let begin = 0; begin < order.length; ) {
    const day = dayAt(begin)
    let dayEnd = begin + 1
    while (dayEnd < order.length && dayAt(dayEnd) === day) dayEnd++
    const cut = slots ?? slotsFor(dayEnd - begin)
    const slotAt = (place: number) => slotOf(hi[ranks[order[place]!]!]!, cut)
    while (begin < dayEnd) {
      const slot = slotAt(begin)
      let end = begin + 1
      while (end < dayEnd && slotAt(end) === slot) end++
      pieces.push({ day, slots: cut, slot, begin, end })
      begin = end
    }
  }
  return pieces
}

/** Which places from `begin` up to `end` have a code. */
function settingsOf(
  sorted: Uint32Array,
  begin: number,
  end: number,
  values: Settings['values'],
): Settings {
  let count = 0
  for (let place = begin; place < end; place++) if (sorted[place] !== 0) count++
  const positions = new Uint32Array(count)
  const codes = new Uint32Array(count)
  let next = 0
  for (let place = begin; place < end; place++) {
    if (sorted[place] === 0) continue
    positions[next] = place - begin
    codes[next++] = sorted[place]!
  }
  return { positions, codes, values }
}

function weavePart(
  { day, slots, slot }: Piece,
  rows: Uint32Array,
  at: Float64Array,
  codeOfRow: Uint16Array,
  { hi, lo, ids, ranks }: RankedVisitors,
  columns: ReadonlyMap<string, Settings>,
): Part {
  const ms = new Uint32Array(rows.length)
  const codes = new Uint16Array(rows.length)
  const own: number[] = []
  const ends: number[] = []
  for (let position = 0; position < rows.length; position++) {
    const row = rows[position]!
    ms[position] = at[row]! - day * DAY_MS
    codes[position] = codeOfRow[row]!
    const rank = ranks[row]!
    if (own[own.length - 1] !== rank) {
      own.push(rank)
      ends.push(position)
    }
    ends[ends.length - 1] = position + 1
  }
  const part = {
    day,
    slots,
    slot,
    hi: Uint32Array.from(own, (rank) => hi[rank]!),
    lo: Uint32Array.from(own, (rank) => lo[rank]!),
    ends: Uint32Array.from(ends),
    ids: own.map((rank) => ids[rank] ?? ''),
    ms,
    codes,
  }
  return encodePart(part, columns)
}
