/**
 * What the units of one source gave, before it is added to tallies. Struct of arrays: adding to a number in an
 * array takes a nanosecond, finding the right tally's many times that.
 */

import type { Money } from './money.ts'
import { textOf } from './money.ts'
import type { Tally } from './tally.ts'
import { revenueIn } from './tally-merge.ts'
import { addTime, addZeros, type Times } from './times.ts'

/** Sums of some rows: whatever is counted apart, be it units, buckets or the values of a breakdown. */
export interface Sums {
  /** How many reached each stage of each row, and the events that fill it: at `row × stages + stage`. */
  counts: Int32Array
  fills: Int32Array
  /** How many of them did nothing more in that visit: most visitors of a shop leave at once, and 0 need not be noted. */
  gone: Int32Array
  /** Durations in milliseconds, each of a row and kind: `row << KIND_BITS | kind`. */
  keys: Uint32Array
  times: Float64Array
  length: number
  /** Fills of stages that may be paid: pairs of `row << STAGE_BITS | stage` and the event. */
  paid: Uint32Array
  paidLength: number
}

/** A duration's kind is `stage × KINDS` and one of these: how long the stage took, */
export const TOOK = 0
/** of an optional stage, how long the next required one took, */
export const CONTINUED = 1
/** how long the visit went on without the next required stage; of the last stage, how long the conversion took. */
export const ENDED = 2
export const KINDS = 3
export const KIND_BITS = 6
export const STAGE_BITS = 5

export const noSums = (): Sums => ({
  counts: new Int32Array(0),
  fills: new Int32Array(0),
  gone: new Int32Array(0),
  keys: new Uint32Array(0),
  times: new Float64Array(0),
  length: 0,
  paid: new Uint32Array(0),
  paidLength: 0,
})

/** Makes room for that many rows' stages, and that many more durations and paid fills. */
export function reserve(sums: Sums, places: number, durations: number, paid: number) {
  if (sums.counts.length < places) {
    sums.counts = grown(sums.counts, new Int32Array(places * 2))
    sums.fills = grown(sums.fills, new Int32Array(places * 2))
    sums.gone = grown(sums.gone, new Int32Array(places * 2))
  }
  const times = sums.length + durations
  if (sums.times.length < times) {
    sums.keys = grown(sums.keys, new Uint32Array(times * 2))
    sums.times = grown(sums.times, new Float64Array(times * 2))
  }
  const pairs = sums.paidLength + paid * 2
  if (sums.paid.length < pairs) sums.paid = grown(sums.paid, new Uint32Array(pairs * 2))
}

function grown<T extends Int32Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** Notes a duration; there must be room. */
export function addDuration(sums: Sums, row: number, kind: number, ms: number) {
  sums.keys[sums.length] = (row << KIND_BITS) | kind
  sums.times[sums.length++] = ms
}

/**
 * Moves what units gave, each a row of `from`, to the rows of `to` that `rowOf` says; `from` is empty then.
 * `reached` has the stages of each unit, as bits.
 */
export function moveSums(
  from: Sums,
  to: Sums,
  rowOf: Uint32Array,
  reached: Int32Array,
  units: number,
  stages: number,
) {
  const { counts, fills, gone } = to
  for (let unit = 0; unit < units; unit++) {
    const into = rowOf[unit]! * stages
    for (let open = reached[unit]!; open !== 0; open &= open - 1) {
      const stage = 31 - Math.clz32(open & -open)
      const own = unit * stages + stage
      counts[into + stage]!++
      fills[into + stage]! += from.fills[own]!
      gone[into + stage]! += from.gone[own]!
      from.counts[own] = 0
      from.fills[own] = 0
      from.gone[own] = 0
    }
  }
  const [{ keys, times, paid }, start, paidStart] = [to, to.length, to.paidLength]
  for (let i = 0; i < from.length; i++) {
    const key = from.keys[i]!
    keys[start + i] = (rowOf[key >>> KIND_BITS]! << KIND_BITS) | (key & ((1 << KIND_BITS) - 1))
    times[start + i] = from.times[i]!
  }
  for (let i = 0; i < from.paidLength; i += 2) {
    const key = from.paid[i]!
    paid[paidStart + i] =
      (rowOf[key >>> STAGE_BITS]! << STAGE_BITS) | (key & ((1 << STAGE_BITS) - 1))
    paid[paidStart + i + 1] = from.paid[i + 1]!
  }
  to.length += from.length
  to.paidLength += from.paidLength
  from.length = 0
  from.paidLength = 0
}

/** Adds each row's sums to its tally, and empties them. */
export function addSums(
  sums: Sums,
  tallies: readonly Tally[],
  stages: number,
  money: Money | null,
) {
  for (const [row, tally] of tallies.entries())
    for (let stage = 0; stage < stages; stage++) {
      const [counted, place] = [tally.stages[stage]!, row * stages + stage]
      counted.count += sums.counts[place]!
      counted.fills += sums.fills[place]!
      addZeros(counted.left, sums.gone[place]!)
    }
  sums.counts.fill(0, 0, tallies.length * stages)
  sums.fills.fill(0, 0, tallies.length * stages)
  sums.gone.fill(0, 0, tallies.length * stages)
  addDurations(sums, tallies, stages)
  if (money) addPaid(sums, tallies, money)
}

function addDurations(sums: Sums, tallies: readonly Tally[], stages: number) {
  const { keys, times, length } = sums
  const kinds = stages * KINDS
  const targets = tallies.flatMap((tally) =>
    Array.from({ length: kinds }, (_, kind) => timesOf(tally, kind)),
  )
  for (let i = 0; i < length; i++) {
    const key = keys[i]!
    addTime(targets[(key >>> KIND_BITS) * kinds + (key & ((1 << KIND_BITS) - 1))]!, times[i]!)
  }
  sums.length = 0
}

/** Where durations of a kind are kept. */
function timesOf({ stages, time_to_convert }: Tally, kind: number): Times {
  const stage = Math.floor(kind / KINDS)
  const { time_to_stage, continued, left } = stages[stage]!
  const what = kind % KINDS
  if (what === TOOK) return time_to_stage
  if (what === CONTINUED) return continued
  return stage === stages.length - 1 ? time_to_convert : left
}

function addPaid(sums: Sums, tallies: readonly Tally[], money: Money) {
  const { paid, paidLength } = sums
  const { amountCodes, amounts, currencyCodes, currencies } = money
  for (let i = 0; i < paidLength; i += 2) {
    const place = paid[i]!
    const event = paid[i + 1]!
    const tally = tallies[place >>> STAGE_BITS]!
    const currency = currencies[currencyCodes === null ? 0 : currencyCodes[event]!]!
    const sum = revenueIn(tally.stages[place & ((1 << STAGE_BITS) - 1)]!.paid, textOf(currency))
    const amount = amountCodes === null ? null : amounts[amountCodes[event]!]
    sum.orders++
    if (typeof amount === 'number') sum.value += amount
  }
  sums.paidLength = 0
}
