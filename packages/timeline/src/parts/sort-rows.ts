/**
 * Sorts rows by day, then visitor, then time, without comparing what can be counted.
 *
 * 1. By the rank of the visitor: counted, summed up, put.
 * 2. The rows of each visitor by time; they are few, and mostly in order.
 * 3. By day, as in 1. Every step keeps the sequence of equals.
 */
import { DAY_MS, LAST_DAY } from './part.ts'
import type { RankedVisitors } from './rank-visitors.ts'
import type { Row } from './row.ts'

export interface SortedRows {
  /** Positions of rows. */
  readonly order: Uint32Array
  /** By position of a row: days since 1970. */
  readonly days: Int32Array
}

/** Throws RangeError where a time is no whole number. */
export function sortRows(rows: readonly Row[], { ids, ranks }: RankedVisitors): SortedRows {
  const days = new Int32Array(rows.length)
  const times = new Float64Array(rows.length)
  for (let index = 0; index < rows.length; index++) {
    const { at } = rows[index]!
    if (!Number.isInteger(at) || Math.abs(at) > LAST_DAY * DAY_MS)
      throw new RangeError(`${at} is no whole number of milliseconds`)
    days[index] = Math.floor(at / DAY_MS)
    times[index] = at
  }
  const byVisitor = sortByCounting(Uint32Array.from(rows.keys()), ranks, ids.length)
  sortTimes(byVisitor, ranks, times)
  const distinct = [...new Set(days)].sort((a, b) => a - b)
  const numberOf = new Map(distinct.map((day, number) => [day, number]))
  const dayNumbers = Uint32Array.from(days, (day) => numberOf.get(day) ?? 0)
  return { order: sortByCounting(byVisitor, dayNumbers, distinct.length), days }
}

/** By the key of each, from 0 up to, not including, `count`. */
function sortByCounting(order: Uint32Array, keys: Uint32Array, count: number): Uint32Array {
  const places = new Uint32Array(count + 1)
  for (let i = 0; i < order.length; i++) places[keys[order[i]!]! + 1]!++
  for (let key = 1; key < count; key++) places[key]! += places[key - 1]!
  const sorted = new Uint32Array(order.length)
  for (let i = 0; i < order.length; i++) sorted[places[keys[order[i]!]!]!++] = order[i]!
  return sorted
}

/** Of a few rows, sorting in place is faster than making a view for the sort of typed arrays. */
const FEW = 32

function sortTimes(order: Uint32Array, ranks: Uint32Array, times: Float64Array) {
  for (let begin = 0, end = 0; begin < order.length; begin = end) {
    const rank = ranks[order[begin]!]!
    while (end < order.length && ranks[order[end]!] === rank) end++
    if (end - begin > FEW) order.subarray(begin, end).sort((a, b) => times[a]! - times[b]! || a - b)
    else insertInOrder(order, begin, end, times)
  }
}

function insertInOrder(order: Uint32Array, begin: number, end: number, times: Float64Array) {
  for (let i = begin + 1; i < end; i++) {
    const index = order[i]!
    const time = times[index]!
    let to = i
    for (; to > begin && times[order[to - 1]!]! > time; to--) order[to] = order[to - 1]!
    order[to] = index
  }
}
