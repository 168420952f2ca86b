/**
 * Counts what became of products: by three funnels of two stages, each held by the product.
 *
 * 1. Seen → put into the cart, put into the cart → bought, seen → bought: every value that an entry has is
 *    matched on its own, as in match-hold.ts, and counted in its own row.
 * 2. Purchases in the range are cut into lines: units and revenue of each product.
 */

import type { Revenue } from '../counting/tally.ts'
import { collect, firstAtOrAfter } from '../matching/candidates.ts'
import type { Filter, Funnel, Range } from '../matching/funnel.ts'
import type { Hold } from '../matching/hold.ts'
import { noteValuesOfEntries, selectHeld } from '../matching/match-hold.ts'
import { matchPlain } from '../matching/match-plain.ts'
import { type Matcher, maskOf, matcherOf } from '../matching/matcher.ts'
import { planOf } from '../matching/plan.ts'
import { scratchOf } from '../matching/scratch.ts'
import type { Timelines } from '../timeline.ts'
import type { Fold } from './fold.ts'
import { type Lines, lineColumns, linesOf } from './lines.ts'

export interface ProductsWish {
  /** The property that names products. */
  readonly by: string
  /** The names of the three events. */
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

type Count = Exclude<keyof ProductTally, 'revenue'>

/** From which event to which, and where its entries and conversions are counted; entries of one are those of another. */
const pairsOf = ({
  view,
  cart,
  purchase,
}: ProductsWish): [string, string, Count | null, Count][] => [
  [view, cart, 'viewers', 'viewers_who_added'],
  [view, purchase, null, 'viewers_who_bought'],
  [cart, purchase, 'adders', 'adders_who_bought'],
]

export function productsFold(wish: ProductsWish, range: Range): Fold<ProductTallies> {
  const pairs = pairsOf(wish).map(([first, second, entered, converted]) => {
    const funnel = heldFunnel(wish, first, second)
    const plan = planOf(funnel)
    return { funnel, plan, scratch: scratchOf(plan), entered, converted }
  })
  return {
    start: () => new Map(),
    visit(tallies, source) {
      for (const { funnel, plan, scratch, entered, converted } of pairs) {
        const matcher = matcherOf(funnel, source, plan)
        const { hold } = matcher
        if (hold === null) return tallies
        const texts = textsOf(wish.by, hold, source)
        const { candidates, held, own } = scratch
        eachVisitor(source, (begin, end) => {
          collect(matcher, begin, end, range, candidates)
          noteValuesOfEntries(plan, hold, candidates, range, own.values)
          for (const value of own.values) {
            selectHeld(hold, value, candidates, own.candidates)
            matchPlain(plan, own.candidates, range, held, own.reached)
            const tally = tallyOf(tallies, texts[value] ?? '')
            if (entered) tally[entered]++
            if (own.reached.lengths[1] !== 0) tally[converted]++
          }
        })
      }
      addPurchases(
        tallies,
        matcherOf(heldFunnel(wish, wish.purchase, wish.purchase), source),
        range,
        linesOf(wish.by, source),
      )
      return tallies
    },
    merge(a, b) {
      for (const [product, tally] of b) addProduct(tallyOf(a, product), tally)
      return a
    },
    finish: (tallies) => tallies,
  }
}

const heldFunnel = (wish: ProductsWish, first: string, second: string): Funnel => ({
  stages: [first, second].map((name) => ({ events: [name], filters: [], optional: false })),
  window_ms: wish.window_ms,
  order: 'ordered',
  unit: 'visitor',
  hold: wish.by,
  filters: wish.filters,
  exclusions: [],
  breakdown: null,
  bots: wish.bots,
  cookieless: wish.cookieless,
})

function eachVisitor({ ends }: Timelines, visit: (begin: number, end: number) => void) {
  let begin = 0
  for (const end of ends) {
    visit(begin, end)
    begin = end
  }
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

function addPurchases(
  tallies: ProductTallies,
  matcher: Matcher,
  { from, to }: Range,
  lines: Lines,
) {
  const { at } = matcher
  eachVisitor(matcher.source, (begin, end) => {
    const bought = new Set<string>()
    for (let i = firstAtOrAfter(at, begin, end, from); i < end && at[i]! < to; i++) {
      if ((maskOf(matcher, i) & 1) === 0) continue
      const order = new Map<string, number>()
      for (const { product, quantity, value } of lines.of(i)) {
        if (product === null) continue
        bought.add(product)
        tallyOf(tallies, product).units += quantity
        order.set(product, (order.get(product) ?? 0) + (value ?? 0))
      }
      for (const [product, value] of order)
        addRevenue(tallyOf(tallies, product), lines.currency(i), { orders: 1, value })
    }
    for (const product of bought) tallyOf(tallies, product).buyers++
  })
}

function tallyOf(tallies: ProductTallies, product: string): ProductTally {
  const tally = tallies.get(product) ?? noProduct()
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
