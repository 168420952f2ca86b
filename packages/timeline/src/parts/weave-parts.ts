/**
 * Weaves rows of any days, in any order, into parts.
 *
 * 1. Every visitor is hashed once, and ranked by its hash.
 * 2. The rows are sorted by day, rank and time; the sequence of equal ones is kept.
 * 3. Each day is cut into slots, as many as its events need, and each slot packed.
 */
import { encodePart } from './encode-part.ts'
import { slotOf, slotsFor } from './hash-range.ts'
import { DAY_MS, type Part, type PartEvents } from './part.ts'
import { isSaid, RowColumns } from './row-columns.ts'
import { visitorHash } from './visitor-hash.ts'

/** An event as it is stored. */
export interface Row {
  readonly visitor_id: string
  /** Milliseconds since 1970, whole. */
  readonly at: number
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** The site's number of a name. At most 65,535. */
export type CodeOf = (name: string, bot: boolean, cookieless: boolean) => number

/** One part a day and slot. `slots` (1, 16, 256) is chosen by the number of events where it is not given. */
export function weaveParts(rows: readonly Row[], codeOf: CodeOf, slots?: number): Part[] {
  const visitors = rankVisitors(rows)
  const { order, days } = sortRows(rows, visitors.ranks)
  const parts: Part[] = []
  for (let begin = 0; begin < order.length; ) {
    const day = days[order[begin]!]!
    let end = begin + 1
    while (end < order.length && days[order[end]!] === day) end++
    const cut = slots ?? slotsFor(end - begin)
    while (begin < end) {
      const slot = slotOf(visitors.hi[visitors.ranks[order[begin]!]!]!, cut)
      let slotEnd = begin + 1
      while (slotEnd < end && slotOf(visitors.hi[visitors.ranks[order[slotEnd]!]!]!, cut) === slot)
        slotEnd++
      parts.push(
        weavePart(
          rows,
          order.subarray(begin, slotEnd),
          visitors,
          { day, slots: cut, slot },
          codeOf,
        ),
      )
      begin = slotEnd
    }
  }
  return parts
}

interface Ranked {
  /** By rank. */
  readonly hi: Uint32Array
  readonly lo: Uint32Array
  readonly ids: readonly string[]
  /** The rank of every row's visitor. */
  readonly ranks: Uint32Array
}

function rankVisitors(rows: readonly Row[]): Ranked {
  const numbers = new Map<string, number>()
  const ids: string[] = []
  const visitorOf = new Uint32Array(rows.length)
  for (const [index, { visitor_id }] of rows.entries()) {
    let number = numbers.get(visitor_id)
    if (number === undefined) {
      number = ids.push(visitor_id) - 1
      numbers.set(visitor_id, number)
    }
    visitorOf[index] = number
  }
  const hashes = ids.map(visitorHash)
  const byHash = hashes
    .map(({ hi, lo }, number) => ({ hi, lo, number }))
    .sort((a, b) => a.hi - b.hi || a.lo - b.lo)
  const rankOf = new Uint32Array(ids.length)
  const ranked: { hi: number; lo: number; id: string }[] = []
  for (const { hi, lo, number } of byHash) {
    const last = ranked[ranked.length - 1]
    if (last?.hi !== hi || last.lo !== lo) ranked.push({ hi, lo, id: ids[number] ?? '' })
    rankOf[number] = ranked.length - 1
  }
  return {
    hi: Uint32Array.from(ranked, ({ hi }) => hi),
    lo: Uint32Array.from(ranked, ({ lo }) => lo),
    ids: ranked.map(({ id }) => id),
    ranks: visitorOf.map((number) => rankOf[number]!),
  }
}

function sortRows(rows: readonly Row[], ranks: Uint32Array) {
  const days = new Int32Array(rows.length)
  const times = new Float64Array(rows.length)
  for (const [index, { at }] of rows.entries()) {
    if (!Number.isSafeInteger(at)) throw new RangeError(`${at} is no whole number of milliseconds`)
    days[index] = Math.floor(at / DAY_MS)
    times[index] = at
  }
  const order = Uint32Array.from(rows.keys()).sort(
    (a, b) => days[a]! - days[b]! || ranks[a]! - ranks[b]! || times[a]! - times[b]! || a - b,
  )
  return { order, days }
}

function weavePart(
  rows: readonly Row[],
  order: Uint32Array,
  { hi, lo, ids, ranks }: Ranked,
  place: Pick<PartEvents, 'day' | 'slots' | 'slot'>,
  codeOf: CodeOf,
): Part {
  const ms = new Uint32Array(order.length)
  const codes = new Uint16Array(order.length)
  const own: number[] = []
  const ends: number[] = []
  const columns = new RowColumns()
  for (let position = 0; position < order.length; position++) {
    const index = order[position]!
    const { at, name, properties } = rows[index]!
    ms[position] = at - place.day * DAY_MS
    const code = codeOf(name, isSaid(properties, 'bot'), isSaid(properties, 'cookieless'))
    if (!(code >= 0 && code <= 0xffff)) throw new RangeError(`${code} is no code of a name`)
    codes[position] = code
    columns.add(position, properties)
    const rank = ranks[index]!
    if (own[own.length - 1] !== rank) {
      own.push(rank)
      ends.push(position)
    }
    ends[ends.length - 1] = position + 1
  }
  const part = {
    ...place,
    hi: Uint32Array.from(own, (rank) => hi[rank]!),
    lo: Uint32Array.from(own, (rank) => lo[rank]!),
    ends: Uint32Array.from(ends),
    ids: own.map((rank) => ids[rank] ?? ''),
    ms,
    codes,
  }
  return encodePart(part, columns.finish())
}
