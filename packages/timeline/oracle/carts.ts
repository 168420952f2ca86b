/**
 * Carts by brute force. For every visitor and every cart that they put something into:
 *
 * 1. What concerns the cart are its changes, and the purchases that buy it: of that cart, of no cart, and
 *    any where the cart has no id. Of one moment what is put in goes first, then what is taken out, then
 *    what is bought.
 * 2. A cart begins when something is put in, and ends when it is bought, or when its life passes without
 *    a change.
 * 3. It is counted where its last change lies in the range, by what lay in it then.
 */

import type { Event } from '../src/gather.ts'
import type { Range } from '../src/matching/funnel.ts'
import { valuesOf } from './filter.ts'
import { currencyOf, linesOf } from './lines.ts'
import { eventsSeen, type PlainWish } from './products.ts'

export interface PlainCarts {
  bought: number
  abandoned: number
  recovered: number
  may_recover: number
  open: number
  emptied: number
  /** What was left in abandoned ones by currency, '' where events name none; one entry a cart. */
  left: [currency: string, value: number][]
  recovered_value: [currency: string, value: number][]
}

export interface PlainCartsWish extends PlainWish {
  idle_ms: number
  life_ms: number
  as_of: number
  breakdown: string | null
}

/** So many of one product that were put in at once. */
interface Lot {
  product: string
  quantity: number
  value: number
  currency: string
}

interface PlainCart {
  lots: Lot[]
  changed_at: number
  bought_at: number | null
}

const ROLES = ['add_to_cart', 'remove_from_cart', 'purchase']
const DAY_MS = 86_400_000

/** By row of the breakdown; of all in one row, null, without one. */
export function oracleCarts(
  wish: PlainCartsWish,
  range: Range,
  events: readonly Event[],
): Map<string | null, PlainCarts> {
  // What lies further back is not known.
  const first = Math.floor((range.from - wish.life_ms) / DAY_MS) * DAY_MS
  const seen = eventsSeen(wish, events).filter(({ at }) => at >= first)
  const rows = new Map<string | null, PlainCarts>()
  for (const visitor of new Set(seen.map((event) => event.visitor))) {
    const own = seen.filter((event) => event.visitor === visitor)
    const keys = new Set(own.filter(({ name }) => name === 'add_to_cart').map(cartOf))
    for (const cart of [...keys].flatMap((key) => cartsOf(own, key, wish.life_ms))) {
      if (cart.changed_at < range.from || cart.changed_at >= range.to) continue
      const value = rowOf(own, cart, wish)
      const row = rows.get(value) ?? noCarts()
      rows.set(value, row)
      addCart(row, cart, wish)
    }
  }
  return rows
}

const cartOf = (event: Event): string => String(valuesOf(event, 'cart_id')[0] ?? '')

function cartsOf(own: readonly Event[], key: string, life_ms: number): PlainCart[] {
  const steps = own
    .filter((event) => {
      if (event.name === 'purchase') return ['', key].includes(cartOf(event)) || key === ''
      return ROLES.includes(event.name) && cartOf(event) === key
    })
    .toSorted((a, b) => a.at - b.at || ROLES.indexOf(a.name) - ROLES.indexOf(b.name))
  const carts: PlainCart[] = []
  for (const step of steps) {
    const last = carts.at(-1)
    const isOver = !last || last.bought_at !== null || step.at - last.changed_at > life_ms
    if (isOver && step.name !== 'add_to_cart') continue
    const cart = isOver ? { lots: [], changed_at: step.at, bought_at: null } : last
    if (isOver) carts.push(cart)
    if (step.name === 'purchase') cart.bought_at = step.at
    else change(cart, step)
  }
  return carts
}

function change(cart: PlainCart, event: Event): void {
  cart.changed_at = event.at
  for (const { product, quantity, is_stated, value } of linesOf(event, 'product_id')) {
    if (event.name === 'add_to_cart') {
      cart.lots.push({ product, quantity, value, currency: currencyOf(event) })
      continue
    }
    // So many at what they cost on the average.
    const there = cart.lots.filter((lot) => lot.product === product)
    const before = there.reduce((sum, lot) => sum + lot.quantity, 0)
    const share = is_stated ? Math.max(0, before - quantity) / before : 0
    cart.lots = cart.lots.flatMap((lot) => {
      if (lot.product !== product) return lot
      if (share === 0) return []
      return { ...lot, quantity: lot.quantity * share, value: lot.value * share }
    })
  }
}

/** The last value that the visitor had before the last change or with it; of one moment the smallest text. */
function rowOf(own: readonly Event[], cart: PlainCart, wish: PlainCartsWish): string | null {
  const { breakdown, life_ms } = wish
  if (breakdown === null) return null
  const touches = own
    .filter(({ at }) => at <= cart.changed_at && at >= cart.changed_at - life_ms)
    .flatMap((event) => valuesOf(event, breakdown).map((value) => ({ at: event.at, value })))
  const last = Math.max(...touches.map(({ at }) => at))
  const tied = touches.filter(({ at }) => at === last).map(({ value }) => String(value))
  return tied.toSorted()[0] ?? null
}

const noCarts = (): PlainCarts => ({
  bought: 0,
  abandoned: 0,
  recovered: 0,
  may_recover: 0,
  open: 0,
  emptied: 0,
  left: [],
  recovered_value: [],
})

function addCart(row: PlainCarts, cart: PlainCart, { idle_ms, life_ms, as_of }: PlainCartsWish) {
  const { lots, changed_at, bought_at } = cart
  if (lots.length === 0) row.emptied++
  else if (bought_at !== null && bought_at - changed_at <= idle_ms) row.bought++
  else if (as_of - changed_at <= idle_ms) row.open++
  else {
    const values = Array.from(new Set(lots.map((lot) => lot.currency)), (currency) => {
      const own = lots.filter((lot) => lot.currency === currency)
      return [currency, own.reduce((sum, { value }) => sum + value, 0)] satisfies [string, number]
    })
    row.abandoned++
    row.left.push(...values)
    if (bought_at !== null) {
      row.recovered++
      row.recovered_value.push(...values)
    } else if (as_of - changed_at <= life_ms) row.may_recover++
  }
}
