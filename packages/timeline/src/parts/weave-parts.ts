/**
 * Weaves rows of any days, in any order, into parts.
 *
 * 1. Every visitor is hashed once, and ranked by its hash.
 * 2. The rows are sorted by day, rank and time; the sequence of equal ones is kept.
 * 3. Each day is cut into slots, as many as its events need, and each slot packed.
 */

import { BOT, COOKIELESS } from '../timeline.ts'
import { encodePart } from './encode-part.ts'
import { slotOf, slotsFor } from './hash-range.ts'
import { DAY_MS, type Part, type PartEvents } from './part.ts'
import { type RankedVisitors, rankVisitors } from './rank-visitors.ts'
import type { Row } from './row.ts'
import { RowColumns } from './row-columns.ts'
import { sortRows } from './sort-rows.ts'

/** The site's number of a name. At most 65,535. */
export type CodeOf = (name: string, bot: boolean, cookieless: boolean) => number

/** One part a day and slot. `slots` (1, 16, 256) is chosen by the number of events where it is not given. */
export function weaveParts(rows: readonly Row[], codeOf: CodeOf, slots?: number): Part[] {
  const visitors = rankVisitors(rows)
  const { order, days } = sortRows(rows, visitors)
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

function weavePart(
  rows: readonly Row[],
  order: Uint32Array,
  { hi, lo, ids, ranks }: RankedVisitors,
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
    const hidden = columns.add(position, properties)
    const code = codeOf(name, (hidden & BOT) !== 0, (hidden & COOKIELESS) !== 0)
    if (!(code >= 0 && code <= 0xffff)) throw new RangeError(`${code} is no code of a name`)
    codes[position] = code
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
