import type { ProductCounts, ProductsAnswer } from '@weir/contract'
import { type Cell, csvText } from '../text/csv-text.ts'

const RATES = ['view_to_cart', 'cart_to_purchase', 'view_to_purchase'] as const
const PARTS = ['numerator', 'denominator', 'rate', 'low', 'high'] as const

/** One row a product; with two columns for each currency. */
export function productsCsv({ products, other }: ProductsAnswer): string {
  const rows = [
    ...products.map((row): [string[], ProductCounts] => [[row.product, 'product'], row]),
    ...(other ? [[['(other)', 'other'], other] satisfies [string[], ProductCounts]] : []),
  ]
  const currencies = [
    ...new Set(rows.flatMap(([, { revenue }]) => revenue.map(({ currency }) => currency))),
  ]
  const header = [
    ...['product', 'product_is', 'viewers', 'adders', 'buyers'],
    ...RATES.flatMap((name) => PARTS.map((part) => `${name}_${part}`)),
    'units',
    ...currencies.flatMap((currency) => [
      `orders_${currency ?? 'unset'}`,
      `revenue_${currency ?? 'unset'}`,
    ]),
  ]
  const lines = rows.map(([product, row]): Cell[] => [
    ...[...product, row.viewers, row.adders, row.buyers],
    ...RATES.flatMap((name) => PARTS.map((part) => row.rates[name][part])),
    row.units,
    ...currencies.flatMap((currency) => {
      const own = row.revenue.find((one) => one.currency === currency)
      return [own?.orders ?? 0, own?.value ?? 0]
    }),
  ])
  return csvText([header, ...lines])
}
