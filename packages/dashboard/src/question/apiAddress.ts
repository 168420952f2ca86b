import { usualInterval } from './intervals.ts'
import type { PageQuestion } from './pageQuestion.ts'

/** Where the API answers a question of the page; with `csv`, for a spreadsheet. */
export type ApiAddress = (question: PageQuestion, format?: 'csv') => string

/** The funnel, its rows, and its difference from another range. */
export const ratesAddress: ApiAddress = ({ from, to, target, breakdown, compare }, format) =>
  address('/v1/rates', { funnel: 'storefront', from, to, target, breakdown, compare, format })

/** The funnel over time; without rows, which would make a table of every bucket. */
export const trendAddress: ApiAddress = ({ from, to, target, interval }, format) =>
  address('/v1/rates', {
    ...{ funnel: 'storefront', from, to, target },
    interval: interval ?? usualInterval(from, to),
    format,
  })

/** The products of the range, the most seen first. */
export const productsAddress: ApiAddress = ({ from, to }, format) =>
  address('/v1/products', { from, to, limit: '10', format })

/** The carts of the range. */
export const cartsAddress: ApiAddress = ({ from, to }, format) =>
  address('/v1/carts', { from, to, format })

function address(path: string, asked: Record<string, string | null | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value != null) query.set(name, value)
  return `${path}?${query}`
}
