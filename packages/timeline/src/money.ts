import type { Outcomes } from './outcomes.ts'
import { AMOUNT } from './properties.ts'
import type { FunnelTally } from './tally.ts'
import { revenueIn } from './tally-merge.ts'
import type { Column, Timelines } from './timeline.ts'
import type { Units } from './units.ts'
import type { Value } from './value.ts'

/** What the events of a source are worth, looked up by code. */
export interface Money {
  readonly amountCodes: Uint32Array | null
  readonly amounts: readonly Value[]
  readonly currencyCodes: Uint32Array | null
  readonly currencies: readonly Value[]
  /** By name: whether any of its events may have an amount or a currency. */
  readonly names: Uint8Array
}

export function moneyOf({ columns, names }: Timelines): Money {
  const amount = columns.get(AMOUNT)
  const currency = columns.get('currency')
  return {
    amountCodes: amount?.codes ?? null,
    amounts: amount?.values ?? [],
    currencyCodes: currency?.codes ?? null,
    currencies: currency?.values ?? [null],
    names: Uint8Array.from(names, (_, name) =>
      mayHave(amount, name) || mayHave(currency, name) ? 1 : 0,
    ),
  }
}

const mayHave = (column: Column | undefined, name: number): boolean =>
  column !== undefined && column.names?.[name] !== 0

/** Whether an event has an amount or a currency. */
export const isPaid = ({ amountCodes, currencyCodes }: Money, event: number): boolean =>
  (amountCodes !== null && amountCodes[event] !== 0) ||
  (currencyCodes !== null && currencyCodes[event] !== 0)

/** A list of items names its currency on each: the first speaks for all. */
function textOf(currency: Value): string {
  if (currency === null) return ''
  return String(typeof currency === 'object' ? currency[0] : currency)
}

/** Adds what was paid to what the stages of each unit's tally, or row, earned. */
export function addPaid(
  tallies: readonly FunnelTally[],
  { amountCodes, amounts, currencyCodes, currencies }: Money,
  units: Units,
  first: number,
  { paid, paidLength, rows }: Outcomes,
) {
  for (let i = 0; i < paidLength; i += 2) {
    const place = paid[i]!
    const event = paid[i + 1]!
    const { stages } = tallies[0]!
    const index = Math.floor(place / stages.length)
    const tally = rows[index] ?? tallies[units.bucket[first + index]!]!
    const currency = currencies[currencyCodes === null ? 0 : currencyCodes[event]!]!
    const sum = revenueIn(tally.stages[place % stages.length]!.paid, textOf(currency))
    const amount = amountCodes === null ? null : amounts[amountCodes[event]!]
    sum.orders++
    if (typeof amount === 'number') sum.value += amount
  }
}
