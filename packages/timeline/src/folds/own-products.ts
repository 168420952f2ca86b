/**
 * What one visitor did with each product: of every product the latest time in the range at which it was seen,
 * and put into the cart, is all that has to be known.
 */

import type { Range } from '../matching/funnel.ts'
import type { Hold } from '../matching/hold.ts'
import { type Matcher, maskOf } from '../matching/matcher.ts'
import { type ProductTallies, type ProductTally, tallyOf } from './products-tally.ts'

/** The three events, as bits. */
export const [VIEW, CART, PURCHASE] = [1, 2, 4] as const
const EVENTS = VIEW | CART | PURCHASE

/** By the number of the product; and the products to forget before the next visitor. */
export interface OwnProducts {
  readonly viewed_at: Float64Array
  readonly added_at: Float64Array
  /** Bits: what was reached. */
  readonly reached: Uint8Array
  readonly touched: number[]
  readonly tally: (product: number) => ProductTally
}

const [VIEWED, ADDED, VIEWED_ADDED, VIEWED_BOUGHT, ADDED_BOUGHT] = [1, 2, 4, 8, 16] as const

export function ownProducts(
  { count }: Hold,
  texts: readonly string[],
  tallies: ProductTallies,
): OwnProducts {
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
export function addVisitor(
  matcher: Matcher,
  hold: Hold,
  own: OwnProducts,
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

/** This event is the first of two: a view, or into the cart. */
function enter(mask: number, products: readonly number[], time: number, own: OwnProducts) {
  if ((mask & (VIEW | CART)) === 0) return
  const isView = (mask & VIEW) !== 0
  const times = isView ? own.viewed_at : own.added_at
  for (const product of products) {
    if (own.reached[product] === 0) own.touched.push(product)
    own.reached[product]! |= isView ? VIEWED : ADDED
    times[product] = time
  }
}

/** This event is the second of two: into the cart, or a purchase. */
function convert(
  mask: number,
  products: readonly number[],
  time: number,
  window_ms: number,
  { viewed_at, added_at, reached }: OwnProducts,
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

function addOwn({ viewed_at, added_at, reached, tally }: OwnProducts, product: number) {
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
