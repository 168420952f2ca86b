import {
  durationMs,
  type ProductCounts,
  type ProductSort,
  type ProductsAnswer,
  type Site,
} from '@weir/contract'
import { addProduct, noProduct, type ProductTallies, type ProductTally, rate } from '@weir/timeline'
import type { Backend } from '../backend.ts'
import { matureRange } from './plan.ts'
import { productDefinitions } from './product-definitions.ts'
import type { ProductsQuery } from './products-query.ts'
import { filterOf } from './resolve-question.ts'
import { resolveRange } from './resolve-range.ts'
import { byName, revenueRows } from './revenue-rows.ts'
import { warningsOf } from './warnings-of.ts'

const DEFAULT_WINDOW = '7d'
const EVENTS = { view: 'product_view', cart: 'add_to_cart', purchase: 'purchase' } as const

/** Of which times events are read, both ends included. */
export function productsRead(query: ProductsQuery, site: Site): { from: number; until: number } {
  const { from, to } = resolveRange(query, site.time_zone)
  return { from, until: to - 1 + (durationMs(query.window ?? DEFAULT_WINDOW) ?? 0) }
}

/** What the question names that the site never sent. */
export const productsWarnings = (
  { db }: Pick<Backend, 'db'>,
  site: Site,
  { filter = [], by }: ProductsQuery,
): Promise<string[]> =>
  warningsOf(db.reports, site.id, {
    events: [],
    properties: [by, ...filter.map(({ property }) => property)],
  })

/** What became of each product, the most first; those beyond the limit are summed, never dropped. */
export async function answerProducts(
  backend: Backend,
  site: Site,
  query: ProductsQuery,
  signal?: AbortSignal,
): Promise<ProductsAnswer> {
  const { by, sort, limit, window = DEFAULT_WINDOW, bots = false, cookieless = false } = query
  const range = resolveRange(query, site.time_zone)
  const filters = query.filter ?? []
  const window_ms = durationMs(window) ?? 0
  const as_of = backend.now()
  const wish = { ...EVENTS, by, window_ms, filters: filters.map(filterOf), bots, cookieless }
  const tallies = await backend.scan.ask(
    site.id,
    'products',
    { range, wish },
    productsRead(query, site),
    signal,
  )
  const mature = matureRange(range, window_ms, as_of)
  return {
    question: {
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      time_zone: site.time_zone,
      ...{ by, window, filters, bots, cookieless, sort, limit },
      definitions: productDefinitions(by, window),
      warnings: await productsWarnings(backend, site, query),
    },
    as_of: new Date(as_of).toISOString(),
    mature_until: mature && new Date(mature.to).toISOString(),
    ...rowsOf(tallies, sort, limit),
  }
}

function rowsOf(tallies: ProductTallies, sort: ProductSort, limit: number) {
  const rows = Array.from(tallies, ([product, tally]) => ({ product, tally }))
  const currency = mostUsed(tallies)
  const keyed = rows.map((row) => ({ ...row, key: keyOf(row.tally, sort, currency) }))
  keyed.sort((a, b) => b.key - a.key || (a.product < b.product ? -1 : 1))
  const rest = keyed.slice(limit)
  const sum = noProduct()
  for (const { tally } of rest) addProduct(sum, tally)
  return {
    products: keyed.slice(0, limit).map(({ product, tally }) => ({ product, ...countsOf(tally) })),
    other: rest.length === 0 ? null : { products: rest.length, ...countsOf(sum) },
  }
}

const countsOf = (tally: ProductTally): ProductCounts => ({
  viewers: tally.viewers,
  adders: tally.adders,
  buyers: tally.buyers,
  rates: ratesOf(tally),
  units: tally.units,
  revenue: revenueRows(tally.revenue),
})

const ratesOf = (tally: ProductTally) => ({
  view_to_cart: rate(tally.viewers_who_added, tally.viewers),
  cart_to_purchase: rate(tally.adders_who_bought, tally.adders),
  view_to_purchase: rate(tally.viewers_who_bought, tally.viewers),
})

function keyOf(tally: ProductTally, sort: ProductSort, currency: string): number {
  if (sort === 'revenue') return tally.revenue.get(currency)?.value ?? 0
  if (sort === 'viewers' || sort === 'adders' || sort === 'buyers' || sort === 'units')
    return tally[sort]
  // Where nobody could, last.
  return ratesOf(tally)[sort].rate ?? -1
}

/** The currency of most orders: revenue is sorted by that, for sums of several mean nothing. */
function mostUsed(tallies: ProductTallies): string {
  const all = noProduct()
  for (const tally of tallies.values()) addProduct(all, tally)
  const [first] = [...all.revenue].sort(
    ([one, a], [other, b]) => b.orders - a.orders || byName(one, other),
  )
  return first?.[0] ?? ''
}
