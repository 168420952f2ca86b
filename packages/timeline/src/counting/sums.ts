/**
 * What units gave, before it is added to tallies. Struct of arrays: adding to a number in an array takes a
 * nanosecond, finding the right tally's many times that.
 */

import { MAX_STAGES } from '../matching/bits.ts'
import {
  bytesOfNotes,
  emptyNotes,
  KINDS,
  type Notes,
  noNotes,
  reserveDurations,
} from './durations.ts'
import type { Money } from './money.ts'
import { textOf } from './money.ts'
import { type Revenue, revenueIn } from './revenue.ts'
import type { Tally } from './tally.ts'
import { addZeros } from './times.ts'

/** Sums of some rows: whatever is counted apart, be it units, buckets or the values of a breakdown. */
export interface Sums {
  /** How many reached each stage of each row, and the events that fill it: at `row × stages + stage`. */
  counts: Int32Array
  fills: Int32Array
  /** How many of them did nothing more in that visit: most visitors of a shop leave at once, and 0 need not be noted. */
  gone: Int32Array
  readonly durations: Notes
  /** Fills of stages that may be paid: pairs of `row × stages + stage` and the event. */
  paid: Uint32Array
  paidLength: number
}

export const noSums = (): Sums => ({
  counts: new Int32Array(0),
  fills: new Int32Array(0),
  gone: new Int32Array(0),
  durations: noNotes(MAX_STAGES * KINDS),
  paid: new Uint32Array(0),
  paidLength: 0,
})

/** Makes room for that many rows' stages, as many more durations of each of some kinds, and that many paid fills. */
export function reserve(
  sums: Sums,
  places: number,
  kinds: readonly number[],
  durations: number,
  paid: number,
) {
  if (sums.counts.length < places) {
    sums.counts = grown(sums.counts, new Int32Array(places * 2))
    sums.fills = grown(sums.fills, new Int32Array(places * 2))
    sums.gone = grown(sums.gone, new Int32Array(places * 2))
  }
  for (const kind of kinds) reserveDurations(sums.durations, kind, durations)
  const pairs = sums.paidLength + paid * 2
  if (sums.paid.length < pairs) sums.paid = grown(sums.paid, new Uint32Array(pairs * 2))
}

function grown<T extends Int32Array | Uint32Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** Adds each row's counts to its tally, and empties them. */
export function addCounts(sums: Sums, tallies: readonly Tally[], stages: number) {
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

/** Forgets all, and what a question that failed has left. */
export function empty(sums: Sums) {
  for (const numbers of [sums.counts, sums.fills, sums.gone]) numbers.fill(0)
  emptyNotes(sums.durations)
  sums.paidLength = 0
}

export const bytesOf = ({ counts, fills, gone, durations, paid }: Sums): number =>
  [counts, fills, gone, paid].reduce(
    (bytes, { byteLength }) => bytes + byteLength,
    bytesOfNotes(durations),
  )
