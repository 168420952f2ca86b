import type { Outcome } from './outcome.ts'
import { AMOUNT } from './properties.ts'
import type { Revenue, Tally } from './tally.ts'
import { revenueIn } from './tally-merge.ts'
import type { Timelines } from './timeline.ts'
import type { Value } from './value.ts'

/** What the events of a source are worth, looked up by code. */
export interface Money {
  readonly amountCodes: Uint32Array | null
  readonly amounts: readonly Value[]
  readonly currencyCodes: Uint32Array | null
  readonly currencies: readonly Value[]
}

export function moneyOf({ columns }: Timelines): Money {
  const amount = columns.get(AMOUNT)
  const currency = columns.get('currency')
  return {
    amountCodes: amount?.codes ?? null,
    amounts: amount?.values ?? [],
    currencyCodes: currency?.codes ?? null,
    currencies: currency?.values ?? [null],
  }
}

/** Whether an event has an amount or a currency. */
export const isPaid = ({ amountCodes, currencyCodes }: Money, event: number): boolean =>
  (amountCodes !== null && amountCodes[event] !== 0) ||
  (currencyCodes !== null && currencyCodes[event] !== 0)

/** A list of items names its currency on each: the first speaks for all. */
function textOf(currency: Value): string {
  if (currency === null) return ''
  return String(typeof currency === 'object' ? currency[0] : currency)
}

/** The sums of one tally by stage and currency code: a look-up by text for every event took a third of the time of a fold. */
export type Sums = (Revenue | undefined)[]

/** Adds what was paid to what the stages earned. `sums` are those of this tally and this money. */
export function addPaid({ stages }: Tally, money: Money, sums: Sums, outcome: Outcome) {
  const { amountCodes, amounts, currencyCodes, currencies } = money
  for (let i = 0; i < outcome.paidLength; i += 2) {
    const stage = outcome.paid[i]!
    const event = outcome.paid[i + 1]!
    const code = currencyCodes === null ? 0 : currencyCodes[event]!
    const place = code * stages.length + stage
    let sum = sums[place]
    if (sum === undefined) {
      sum = revenueIn(stages[stage]!.paid, textOf(currencies[code]!))
      sums[place] = sum
    }
    const amount = amountCodes === null ? null : amounts[amountCodes[event]!]
    sum.orders++
    if (typeof amount === 'number') sum.value += amount
  }
}
