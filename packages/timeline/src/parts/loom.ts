/**
 * Rows on their way into parts. Each is taken apart as it comes, so that no row has to be kept:
 *
 * 1. Visitors, names and values are numbered, times and numbers noted.
 * 2. Every visitor is hashed once, and ranked by its hash.
 * 3. The rows are sorted by day, rank and time; the sequence of equal ones is kept.
 * 4. Each day is cut into slots, as many as its events need, and each slot packed.
 */
import { BOT, COOKIELESS } from '../timeline.ts'
import { ByteDictionary } from './byte-dictionary.ts'
import { encodePart } from './encode-part.ts'
import type { Extent } from './extent.ts'
import { grown } from './grown.ts'
import { slotOf, slotsFor } from './hash-range.ts'
import { DAY_MS, LAST_DAY, type Part, type Settings } from './part.ts'
import { type RankedVisitors, rankVisitors } from './rank-visitors.ts'
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

const FEW = 256

export class Loom {
  readonly #visitors = new ByteDictionary()
  readonly #names = new ByteDictionary()
  readonly #columns = new RowColumns()
  // By row.
  #visitor = new Uint32Array(FEW)
  #name = new Uint32Array(FEW)
  #hidden = new Uint32Array(FEW)
  #at = new Float64Array(FEW)
  #length = 0

  /** How many rows it was given. */
  get length(): number {
    return this.#length
  }

  /**
   * Takes an event: where its texts stand in `bytes`, its properties as JSON without a key twice; and when it
   * was, in milliseconds since 1970. Throws RangeError where the time is no whole number.
   */
  add(bytes: Buffer, visitor: Extent, at: number, name: Extent, properties: Extent) {
    if (!Number.isInteger(at) || Math.abs(at) > LAST_DAY * DAY_MS)
      throw new RangeError(`${at} is no whole number of milliseconds`)
    if (this.#length === this.#at.length) this.#grow()
    const row = this.#length
    this.#visitor[row] = this.#visitors.numberOf(bytes, visitor.begin, visitor.end)
    this.#name[row] = this.#names.numberOf(bytes, name.begin, name.end)
    this.#hidden[row] = this.#columns.add(row, bytes, properties)
    this.#at[row] = at
    this.#length++
  }

  #grow() {
    this.#visitor = grown(this.#visitor)
    this.#name = grown(this.#name)
    this.#hidden = grown(this.#hidden)
    const at = new Float64Array(this.#at.length * 2)
    at.set(this.#at)
    this.#at = at
  }

  /** One part a day and slot. */
  weave(codeOf: CodeOf, { slots, isKept }: LoomOptions = {}): Part[] {
    const visitors = rankVisitors(this.#visitors, this.#visitor.subarray(0, this.#length))
    const at = this.#at.subarray(0, this.#length)
    const order = sortRows(this.#rowsOf(isKept), at, visitors)
    const pieces = cutOf(order, at, visitors, slots)
    const columns = this.#columnsOf(order, pieces)
    const codes = this.#codesOf(order, codeOf)
    return pieces.map((piece, index) => {
      const rows = order.subarray(piece.begin, piece.end)
      return weavePart(piece, rows, at, codes, visitors, columns[index]!)
    })
  }

  #rowsOf(isKept: LoomOptions['isKept']): Uint32Array {
    const rows = new Uint32Array(this.length)
    let count = 0
    for (let row = 0; row < rows.length; row++) if (!isKept || isKept(row)) rows[count++] = row
    return rows.subarray(0, count)
  }

  /** By row, of those in `order`. A name is looked up once. */
  #codesOf(order: Uint32Array, codeOf: CodeOf): Uint16Array {
    const known: (number | undefined)[] = []
    const codes = new Uint16Array(this.length)
    for (const row of order) {
      const name = this.#name[row]!
      const hidden = this.#hidden[row]!
      const key = name * 4 + hidden
      const code = known[key] ?? this.#codeOf(name, hidden, codeOf)
      known[key] = code
      codes[row] = code
    }
    return codes
  }

  #codeOf(name: number, hidden: number, codeOf: CodeOf): number {
    const text = this.#names.textOf(name)
    const code = codeOf(text, (hidden & BOT) !== 0, (hidden & COOKIELESS) !== 0)
    if (code >= 0 && code <= 0xffff) return code
    throw new RangeError(`${code} is no code of a name`)
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
  const own = new Uint32Array(rows.length)
  const ends = new Uint32Array(rows.length)
  const begin = day * DAY_MS
  let visitor = -1
  let last = -1
  for (let position = 0; position < rows.length; position++) {
    const row = rows[position]!
    ms[position] = at[row]! - begin
    codes[position] = codeOfRow[row]!
    const rank = ranks[row]!
    if (rank !== last) own[++visitor] = last = rank
    ends[visitor] = position + 1
  }
  const visitors = own.subarray(0, visitor + 1)
  const part = {
    day,
    slots,
    slot,
    hi: visitors.map((rank) => hi[rank]!),
    lo: visitors.map((rank) => lo[rank]!),
    ends: ends.subarray(0, visitor + 1),
    ids: Array.from(visitors, (rank) => ids[rank] ?? ''),
    ms,
    codes,
  }
  return encodePart(part, columns)
}
