/**
 * Counts what became of products: what three funnels of two stages would, each held by the product, in one pass.
 *
 * 1. Seen → put into the cart, put into the cart → bought, seen → bought: of every product the latest time in
 *    the range at which a visitor saw it, and put it into the cart, is all that has to be known.
 * 2. Of a moment entries come first: a chain may take its events in any sequence.
 * 3. Purchases in the range are cut into lines: units and revenue of each product.
 */

import type { Revenue } from '../counting/tally.ts'
import { firstAtOrAfter } from '../matching/candidates.ts'
import type { Filter, Funnel, Range } from '../matching/funnel.ts'
import { type Hold, holdOf } from '../matching/hold.ts'
import { type Matcher, maskOf, matcherOf } from '../matching/matcher.ts'
import type { Timelines } from '../timeline.ts'
import type { Fold } from './fold.ts'
import { type Lines, lineColumns, linesOf } from './lines.ts'

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

/** Of one product. Visitors, but for units and revenue. */
export interface ProductTally {
  viewers: number
  /** Of those, who then put it into the cart, and who then bought it. */
  viewers_who_added: number
  viewers_who_bought: number
  adders: number
  adders_who_bought: number
  buyers: number
  units: number
  /** By currency, '' where purchases name none; `orders` are purchases that hold it. */
  revenue: Map<string, Revenue>
}

export type ProductTallies = Map<string, ProductTally>

export const noProduct = (): ProductTally => ({
  viewers: 0,
  viewers_who_added: 0,
  viewers_who_bought: 0,
  adders: 0,
  adders_who_bought: 0,
  buyers: 0,
  units: 0,
  revenue: new Map(),
})

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
    const own = ownCounts(hold, textsOf(wish.by, hold, source), tallies)
    let begin = 0
    for (const end of source.ends) {
      const first = firstAtOrAfter(matcher.at, begin, end, range.from)
      visitOne(matcher, hold, own, first, end, range)
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

const [VIEW, CART, PURCHASE] = [1, 2, 4] as const
const EVENTS = VIEW | CART | PURCHASE

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

/** What one visitor did with each product, by its number; and the products to forget before the next visitor. */
interface OwnCounts {
  readonly viewed_at: Float64Array
  readonly added_at: Float64Array
  /** Bits: what was reached. */
  readonly reached: Uint8Array
  readonly touched: number[]
  readonly tally: (product: number) => ProductTally
}

const [VIEWED, ADDED, VIEWED_ADDED, VIEWED_BOUGHT, ADDED_BOUGHT] = [1, 2, 4, 8, 16] as const

function ownCounts({ count }: Hold, texts: readonly string[], tallies: ProductTallies): OwnCounts {
  const known: ProductTally[] = []
  return {
    viewed_at: new Float64Array(count).fill(-Infinity),
    added_at: new Float64Array(count).fill(-Infinity),
    reached: new Uint8Array(count),
    touched: [],
    tally: (product) => (known[product] ??= tallyOf(tallies, texts[product] ?? '')),
  }
}

/** Counts the products of one visitor, whose events from the range on stand from `begin` up to `end`. */
function visitOne(
  matcher: Matcher,
  hold: Hold,
  own: OwnCounts,
  begin: number,
  end: number,
  { to }: Range,
) {
  const { at, plan } = matcher
  const { window_ms } = plan
  const { touched } = own
  const last = to - 1 + window_ms
  for (let i = begin; i < end && at[i]! <= last; ) {
    const time = at[i]!
    if ((maskOf(matcher, i) & EVENTS) === 0) {
      i++
      continue
    }
    // Nobody who has entered nothing can convert.
    if (time >= to && touched.length === 0) return
    let next = i
    for (; next < end && at[next] === time; next++)
      if (time < to) enter(maskOf(matcher, next), numbersAt(hold, next), time, own)
    for (; i < next; i++) convert(maskOf(matcher, i), numbersAt(hold, i), time, window_ms, own)
  }
  for (const product of touched) addOwn(own, product)
  touched.length = 0
}

const numbersAt = ({ numbers, codes }: Hold, event: number) => numbers[codes[event]!]!

/** Steps of each product that begin with this event. */
function enter(mask: number, products: readonly number[], time: number, own: OwnCounts) {
  if ((mask & (VIEW | CART)) === 0) return
  const isView = (mask & VIEW) !== 0
  const times = isView ? own.viewed_at : own.added_at
  for (const product of products) {
    if (own.reached[product] === 0) own.touched.push(product)
    own.reached[product]! |= isView ? VIEWED : ADDED
    times[product] = time
  }
}

/** Steps of each product that end with this event. */
function convert(
  mask: number,
  products: readonly number[],
  time: number,
  window_ms: number,
  { viewed_at, added_at, reached }: OwnCounts,
) {
  const isCart = (mask & CART) !== 0
  if (!isCart && (mask & PURCHASE) === 0) return
  for (const product of products) {
    const isViewed = time - viewed_at[product]! <= window_ms
    if (isCart && isViewed) reached[product]! |= VIEWED_ADDED
    if (isCart) continue
    if (isViewed) reached[product]! |= VIEWED_BOUGHT
    if (time - added_at[product]! <= window_ms) reached[product]! |= ADDED_BOUGHT
  }
}

function addOwn({ viewed_at, added_at, reached, tally }: OwnCounts, product: number) {
  const bits = reached[product]!
  const sum = tally(product)
  if ((bits & VIEWED) !== 0) sum.viewers++
  if ((bits & VIEWED_ADDED) !== 0) sum.viewers_who_added++
  if ((bits & VIEWED_BOUGHT) !== 0) sum.viewers_who_bought++
  if ((bits & ADDED) !== 0) sum.adders++
  if ((bits & ADDED_BOUGHT) !== 0) sum.adders_who_bought++
  reached[product] = 0
  viewed_at[product] = -Infinity
  added_at[product] = -Infinity
}

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
      addRevenue(tallyOf(tallies, product), lines.currency(i), { orders: 1, value })
  }
  if (bought) for (const product of bought) tallyOf(tallies, product).buyers++
}

function tallyOf(tallies: ProductTallies, product: string): ProductTally {
  const known = tallies.get(product)
  if (known) return known
  const tally = noProduct()
  tallies.set(product, tally)
  return tally
}

function addRevenue({ revenue }: ProductTally, currency: string, { orders, value }: Revenue) {
  const sum = revenue.get(currency) ?? { orders: 0, value: 0 }
  revenue.set(currency, { orders: sum.orders + orders, value: sum.value + value })
}

/** Adds what was counted of one product, or row, to another. */
export function addProduct(sum: ProductTally, { revenue, ...counts }: ProductTally) {
  sum.viewers += counts.viewers
  sum.viewers_who_added += counts.viewers_who_added
  sum.viewers_who_bought += counts.viewers_who_bought
  sum.adders += counts.adders
  sum.adders_who_bought += counts.adders_who_bought
  sum.buyers += counts.buyers
  sum.units += counts.units
  for (const [currency, own] of revenue) addRevenue(sum, currency, own)
}
