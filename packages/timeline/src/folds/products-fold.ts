/**
 * Counts what became of products: what three funnels of two stages would, each held by the product, in one pass.
 *
 * 1. Seen → put into the cart, put into the cart → bought, seen → bought: see own-products.ts.
 * 2. Of a moment entries come first: a chain may take its events in any sequence.
 * 3. Purchases in the range are cut into lines: units and revenue of each product.
 */

import { addRevenue } from '../counting/revenue.ts'
import { firstAtOrAfter } from '../matching/candidates.ts'
import type { Filter, Funnel, Range } from '../matching/funnel.ts'
import { type Hold, holdOf } from '../matching/hold.ts'
import { type Matcher, maskOf, matcherOf } from '../matching/matcher.ts'
import type { Timelines } from '../timeline.ts'
import type { Fold } from './fold.ts'
import { type Lines, lineColumns, linesOf } from './lines.ts'
import { addVisitor, ownProducts, PURCHASE } from './own-products.ts'
import { addProduct, type ProductTallies, tallyOf } from './products-tally.ts'

export interface ProductsWish {
  /** The property that names products. */
  readonly by: string
  /** The names of the three events, each another. */
  readonly view: string
  readonly cart: string
  readonly purchase: string
  readonly window_ms: number
  readonly filters: readonly Filter[]
  readonly bots: boolean
  readonly cookieless: boolean
}

export const productColumns = ({ by, filters }: ProductsWish): string[] => [
  ...new Set([...lineColumns(by), ...filters.map(({ property }) => property)]),
]

export const productsFold = (wish: ProductsWish, range: Range): Fold<ProductTallies> => ({
  start: () => new Map(),
  visit(tallies, source) {
    const matcher = matcherOf(eventsOf(wish), source)
    const lines = linesOf(wish.by, source)
    const hold = holdOf(wish.by, source)
    if (hold === null) return tallies
    const own = ownProducts(hold, textsOf(wish.by, hold, source), tallies)
    let begin = 0
    for (const end of source.ends) {
      const first = firstAtOrAfter(matcher.at, begin, end, range.from)
      addVisitor(matcher, hold, own, first, end, range)
      addPurchases(tallies, matcher, lines, first, end, range)
      begin = end
    }
    return tallies
  },
  merge(a, b) {
    for (const [product, tally] of b) addProduct(tallyOf(a, product), tally)
    return a
  },
  finish: (tallies) => tallies,
})

/** Says of each event which of the three it is; it is not matched. */
const eventsOf = ({ view, cart, purchase, ...wish }: ProductsWish): Funnel => ({
  stages: [view, cart, purchase].map((name) => ({ events: [name], filters: [], optional: false })),
  window_ms: wish.window_ms,
  order: 'ordered',
  unit: 'visitor',
  hold: null,
  filters: wish.filters,
  exclusions: [],
  breakdown: null,
  bots: wish.bots,
  cookieless: wish.cookieless,
})

/** The text of every number of a hold. */
function textsOf(by: string, { numbers }: Hold, { columns }: Timelines): string[] {
  const texts: string[] = []
  for (const [code, value] of (columns.get(by)?.values ?? []).entries()) {
    const list = value === null ? [] : typeof value === 'object' ? value : [value]
    for (const [place, text] of [...new Set(list.map(String))].entries())
      texts[numbers[code]?.[place] ?? -1] = text
  }
  return texts
}

/** Adds the lines of one visitor's purchases in the range. */
function addPurchases(
  tallies: ProductTallies,
  matcher: Matcher,
  lines: Lines,
  begin: number,
  end: number,
  { to }: Range,
) {
  const { at } = matcher
  let bought: Set<string> | null = null
  for (let i = begin; i < end && at[i]! < to; i++) {
    if ((maskOf(matcher, i) & PURCHASE) === 0) continue
    const order = new Map<string, number>()
    bought ??= new Set()
    for (const { product, quantity, value } of lines.of(i)) {
      if (product === null) continue
      bought.add(product)
      tallyOf(tallies, product).units += quantity
      order.set(product, (order.get(product) ?? 0) + (value ?? 0))
    }
    for (const [product, value] of order)
      addRevenue(tallyOf(tallies, product).revenue, lines.currency(i), { orders: 1, value })
  }
  if (bought) for (const product of bought) tallyOf(tallies, product).buyers++
}
