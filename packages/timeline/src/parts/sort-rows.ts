/**
 * Sorts rows by day, then visitor, then time, without comparing what can be counted.
 *
 * 1. By the rank of the visitor: counted, summed up, put.
 * 2. The rows of each visitor by time; they are few, and mostly in order.
 * 3. By day, as in 1. Every step keeps the sequence of equals.
 */
import { DAY_MS } from './part.ts'
import type { RankedVisitors } from './rank-visitors.ts'

/** Puts rows, given in the order in which they came, into that order. `at` has every row's time. */
export function sortRows(
  rows: Uint32Array,
  at: Float64Array,
  { ids, ranks }: RankedVisitors,
): Uint32Array {
  const byVisitor = sortByCounting(rows, ranks, ids.length)
  sortTimes(byVisitor, ranks, at)
  const { numbers, count } = numberDays(at)
  return sortByCounting(byVisitor, numbers, count)
}

/** For every time the number of its day, among those that there are. */
function numberDays(at: Float64Array): { numbers: Uint32Array; count: number } {
  const met = new Map<number, number>()
  const numbers = new Uint32Array(at.length)
  let begin = 0
  let end = 0
  let number = 0
  for (let row = 0; row < at.length; row++) {
    const time = at[row]!
    // Rows that come together mostly are of one day: it is not looked up again.
    if (time < begin || time >= end) {
      begin = Math.floor(time / DAY_MS) * DAY_MS
      end = begin + DAY_MS
      number = met.get(begin) ?? met.size
      met.set(begin, number)
    }
    numbers[row] = number
  }
  const sorted = [...met.keys()].sort((a, b) => a - b)
  const places = new Map(sorted.map((day, place) => [day, place]))
  const placeOf = Uint32Array.from(met.keys(), (day) => places.get(day) ?? 0)
  for (let row = 0; row < numbers.length; row++) numbers[row] = placeOf[numbers[row]!]!
  return { numbers, count: met.size }
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
