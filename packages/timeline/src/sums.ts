/**
 * What the units of one source gave, before it is added to tallies. Struct of arrays: adding to a number in an
 * array takes a nanosecond, finding the right tally's many times that.
 */

import type { Money } from './money.ts'
import { textOf } from './money.ts'
import type { Revenue, Tally } from './tally.ts'
import { revenueIn } from './tally-merge.ts'
import { addAll, addZeros, type Times } from './times.ts'

/** Sums of some rows: whatever is counted apart, be it units, buckets or the values of a breakdown. */
export interface Sums {
  /** How many reached each stage of each row, and the events that fill it: at `row × stages + stage`. */
  counts: Int32Array
  fills: Int32Array
  /** How many of them did nothing more in that visit: most visitors of a shop leave at once, and 0 need not be noted. */
  gone: Int32Array
  /** Durations in milliseconds, each of a row and kind: `row × stages × KINDS + kind`. */
  keys: Uint32Array
  times: Float64Array
  length: number
  /** Room to bring them into order. */
  sorted: Float64Array
  /** Fills of stages that may be paid: pairs of `row × stages + stage` and the event. */
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

export const noSums = (): Sums => ({
  counts: new Int32Array(0),
  fills: new Int32Array(0),
  gone: new Int32Array(0),
  keys: new Uint32Array(0),
  times: new Float64Array(0),
  length: 0,
  sorted: new Float64Array(0),
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
export function addDuration(sums: Sums, key: number, ms: number) {
  sums.keys[sums.length] = key
  sums.times[sums.length++] = ms
}

/** Adds each row's sums to its tally, and empties them; what was paid is added by addPaid(). */
export function addSums(sums: Sums, tallies: readonly Tally[], stages: number) {
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
}

/** Those of one row and kind are brought together first: adding to a row's times in turns is what takes long. */
function addDurations(sums: Sums, tallies: readonly Tally[], stages: number) {
  const { keys, times, length } = sums
  const kinds = stages * KINDS
  const ends = new Uint32Array(tallies.length * kinds + 1)
  for (let i = 0; i < length; i++) ends[keys[i]! + 1]!++
  for (let key = 1; key < ends.length; key++) ends[key]! += ends[key - 1]!
  if (sums.sorted.length < length) sums.sorted = new Float64Array(sums.times.length)
  const { sorted } = sums
  // From here on `ends[key]` is where the key's next time goes, and at last where they end.
  for (let i = 0; i < length; i++) sorted[ends[keys[i]!]!++] = times[i]!
  let begin = 0
  for (const [row, tally] of tallies.entries())
    for (let kind = 0; kind < kinds; kind++) {
      const end = ends[row * kinds + kind]!
      if (end > begin) addAll(timesOf(tally, kind), sorted, begin, end)
      begin = end
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

/** Adds what was paid in one source, which names the amounts. */
export function addPaid(sums: Sums, tallies: readonly Tally[], stages: number, money: Money) {
  const { paid, paidLength } = sums
  const { amountCodes, amounts, currencyCodes, currencies } = money
  // Most are worth something in the same few currencies.
  const known: (Revenue | undefined)[] = []
  for (let i = 0; i < paidLength; i += 2) {
    const place = paid[i]!
    const event = paid[i + 1]!
    const code = currencyCodes === null ? 0 : currencyCodes[event]!
    const which = place * currencies.length + code
    const sum =
      known[which] ??
      revenueIn(
        tallies[Math.floor(place / stages)]!.stages[place % stages]!.paid,
        textOf(currencies[code]!),
      )
    known[which] = sum
    const amount = amountCodes === null ? null : amounts[amountCodes[event]!]
    sum.orders++
    if (typeof amount === 'number') sum.value += amount
  }
  sums.paidLength = 0
}
