import type { CartCounts, CartsAnswer } from '@weir/contract'
import { type Cell, csvText } from '../text/csv-text.ts'

const COUNTS = [
  'carts',
  'bought',
  'abandoned',
  'recovered',
  'may_recover',
  'open',
  'emptied',
] as const
const RATES = ['abandoned', 'recovered'] as const
const PARTS = ['numerator', 'denominator', 'rate', 'low', 'high'] as const
const VALUES = ['value_left', 'value_recovered'] as const

/** One row for each value of the breakdown, or one for all; with two columns for each currency. */
export function cartsCsv(answer: CartsAnswer): string {
  const { question, breakdown, other } = answer
  const rows: [string[], CartCounts][] = breakdown
    ? [
        ...breakdown.map((row): [string[], CartCounts] => [
          row.value === null ? ['(unset)', 'unset'] : [row.value, 'value'],
          row,
        ]),
        ...(other ? [[['(other)', 'other'], other] satisfies [string[], CartCounts]] : []),
      ]
    : [[[], answer]]
  const currencies = answer.value_left.map(({ currency }) => currency)
  const header = [
    ...(question.breakdown ? ['value', 'value_is'] : []),
    ...COUNTS,
    ...RATES.flatMap((name) => PARTS.map((part) => `${name}_${part}`)),
    ...currencies.flatMap((currency) => VALUES.map((name) => `${name}_${currency ?? 'unset'}`)),
  ]
  const lines = rows.map(([value, row]): Cell[] => [
    ...value,
    ...COUNTS.map((name) => row[name]),
    ...RATES.flatMap((name) => PARTS.map((part) => row.rates[name][part])),
    ...currencies.flatMap((currency) =>
      VALUES.map((name) => row[name].find((one) => one.currency === currency)?.value ?? 0),
    ),
  ])
  return csvText([header, ...lines])
}
