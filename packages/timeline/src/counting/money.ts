import { STAGES } from '../matching/bits.ts'
import type { Matcher } from '../matching/matcher.ts'
import { AMOUNT } from '../properties.ts'
import type { Column, ValueCodes } from '../timeline.ts'
import type { Value } from '../value.ts'

/** What the events of a source are worth, looked up by code. */
export interface Money {
  readonly amountCodes: ValueCodes | null
  readonly amounts: readonly Value[]
  readonly currencyCodes: ValueCodes | null
  readonly currencies: readonly Value[]
  /** The stages that an event with an amount or a currency may fill, as bits. */
  readonly stages: number
}

export function moneyOf({ source, nameMasks, plan }: Matcher): Money {
  const amount = source.columns.get(AMOUNT)
  const currency = source.columns.get('currency')
  const stages = nameMasks.reduce(
    (bits, mask, name) =>
      mayHave(amount, name) || mayHave(currency, name) ? bits | (mask & STAGES) : bits,
    0,
  )
  // In any order the stage that an event fills is not the one that it matches.
  const isAny = plan.funnel.order === 'any_order' && stages !== 0
  return {
    amountCodes: amount?.codes ?? null,
    amounts: amount?.values ?? [],
    currencyCodes: currency?.codes ?? null,
    currencies: currency?.values ?? [null],
    stages: isAny ? STAGES : stages,
  }
}

const mayHave = (column: Column | undefined, name: number): boolean =>
  column !== undefined && column.names?.[name] !== 0

/** A list of items names its currency on each: the first speaks for all. */
export function textOf(currency: Value): string {
  if (currency === null) return ''
  return String(typeof currency === 'object' ? currency[0] : currency)
}
