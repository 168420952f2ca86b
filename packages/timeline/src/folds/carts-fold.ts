/**
 * Counts what became of carts.
 *
 * 1. A visitor's carts are told apart by `cart_id`; events without one are of a cart of their own.
 * 2. Through the events in order (of one moment: what is put in, then what is taken out, then purchases)
 *    each cart is filled and emptied. It ends when it is bought, or when `life` passes without a change;
 *    what is put in afterwards begins another.
 * 3. A purchase buys the cart that it names, and the one without an id; one that names none buys all.
 * 4. A cart is counted by its last change: once, where that lies in the range.
 */

import { addRevenues, type Revenues, revenueIn } from '../counting/revenue.ts'
import { type Rows, rowsOf } from '../counting/rows.ts'
import { touch } from '../counting/touch.ts'
import type { Filter, Funnel, Range } from '../matching/funnel.ts'
import { type Matcher, maskOf, matcherOf } from '../matching/matcher.ts'
import type { Timelines } from '../timeline.ts'
import { type Cart, putIn, takeOut } from './cart.ts'
import { addCarts, type CartsTally, noCarts } from './carts-tally.ts'
import type { Fold } from './fold.ts'
import { type Lines, lineColumns, linesOf } from './lines.ts'

export interface CartsWish {
  /** The names of the three events. */
  readonly add: string
  readonly remove: string
  readonly purchase: string
  /** How long after its last change a cart may be bought without having been abandoned. */
  readonly idle_ms: number
  /** How long a cart lives without a change. */
  readonly life_ms: number
  /** Now. */
  readonly as_of: number
  readonly filters: readonly Filter[]
  readonly bots: boolean
  readonly cookieless: boolean
  /** A property: the last value that the visitor had within `life` up to the last change is the cart's row. */
  readonly breakdown: string | null
}

/** By the row of the breakdown, null for unset; one row, null, without a breakdown. */
export type CartsTallies = Map<string | null, CartsTally>

const PRODUCT = 'product_id'
const CART = 'cart_id'

export const cartColumns = ({ filters, breakdown }: CartsWish): string[] => [
  ...new Set([
    CART,
    ...lineColumns(PRODUCT),
    ...filters.map(({ property }) => property),
    ...(breakdown === null ? [] : [breakdown]),
  ]),
]

/** The source must reach from `life` before the range to `life` after it. Throws ListProperty. */
export function cartsFold(wish: CartsWish, range: Range): Fold<CartsTallies> {
  const funnel = funnelOf(wish)
  return {
    start: () => new Map(),
    visit(tallies, source) {
      const matcher = matcherOf(funnel, source)
      const rows = rowsOf(funnel, source)
      const lines = linesOf(PRODUCT, source)
      const cartOf = cartReader(source)
      let begin = 0
      for (const end of source.ends) {
        const changes = changesOf(matcher, begin, end)
        if (changes.length > 0) walk(tallies, matcher, rows, lines, cartOf, changes, begin, end)
        begin = end
      }
      return tallies
    },
    merge(a, b) {
      for (const [row, tally] of b) addCarts(tallyOf(a, row), tally)
      return a
    },
    finish: (tallies) => tallies,
  }

  function walk(
    tallies: CartsTallies,
    matcher: Matcher,
    rows: Rows | null,
    lines: Lines,
    cartOf: (event: number) => string,
    changes: readonly number[],
    begin: number,
    end: number,
  ) {
    const { at } = matcher
    const carts = new Map<string, Cart>()
    const close = (key: string, cart: Cart, bought_at: number) => {
      carts.delete(key)
      if (cart.changed_at < range.from || cart.changed_at >= range.to) return
      const span = { from: cart.changed_at - wish.life_ms, to: range.to }
      const code = rows && touch(rows, matcher, span, cart.changed_by, begin, end)
      const row = rows && code !== null ? (rows.texts[code] ?? null) : null
      addCart(tallyOf(tallies, row), cart, bought_at, wish)
    }
    for (const event of changes) {
      const time = at[event]!
      for (const [key, cart] of carts)
        if (time - cart.changed_at > wish.life_ms) close(key, cart, Infinity)
      const key = cartOf(event)
      const mask = maskOf(matcher, event)
      if ((mask & BOUGHT) !== 0) {
        for (const [own, cart] of carts)
          if (key === '' || own === '' || own === key) close(own, cart, time)
        continue
      }
      const isAdded = (mask & ADDED) !== 0
      const known = carts.get(key)
      if (!known && !isAdded) continue
      const cart = known ?? { contents: new Map(), changed_at: time, changed_by: event }
      carts.set(key, cart)
      cart.changed_at = time
      cart.changed_by = event
      for (const line of lines.of(event))
        if (isAdded) putIn(cart, line, lines.currency(event))
        else takeOut(cart, line)
    }
    for (const [key, cart] of carts) close(key, cart, Infinity)
  }
}

const ADDED = 1
const REMOVED = 2
const BOUGHT = 4

const funnelOf = (wish: CartsWish): Funnel => ({
  stages: [wish.add, wish.remove, wish.purchase].map((name) => ({
    events: [name],
    filters: [],
    optional: false,
  })),
  window_ms: 0,
  order: 'ordered',
  unit: 'visitor',
  hold: null,
  filters: wish.filters,
  exclusions: [],
  breakdown:
    wish.breakdown === null ? null : { property: wish.breakdown, attribution: 'last_touch' },
  bots: wish.bots,
  cookieless: wish.cookieless,
})

/** The events that change or buy carts, in the order in which they are taken. */
function changesOf(matcher: Matcher, begin: number, end: number): number[] {
  const { at } = matcher
  const changes: number[] = []
  for (let event = begin; event < end; event++)
    if ((maskOf(matcher, event) & (ADDED | REMOVED | BOUGHT)) !== 0) changes.push(event)
  const roleOf = (event: number) => maskOf(matcher, event) & (ADDED | REMOVED | BOUGHT)
  return changes.sort((a, b) => at[a]! - at[b]! || roleOf(a) - roleOf(b))
}

/** Which cart an event is of; '' where it names none. */
function cartReader({ columns }: Timelines) {
  const column = columns.get(CART)
  return (event: number): string => String(column?.values[column.codes[event]!] ?? '')
}

function tallyOf(tallies: CartsTallies, row: string | null): CartsTally {
  const tally = tallies.get(row) ?? noCarts()
  tallies.set(row, tally)
  return tally
}

/** `bought_at` is Infinity where it was not. */
function addCart(
  tally: CartsTally,
  { contents, changed_at }: Cart,
  bought_at: number,
  { idle_ms, life_ms, as_of }: CartsWish,
) {
  if (contents.size === 0) tally.emptied++
  else if (bought_at - changed_at <= idle_ms) tally.bought++
  else if (as_of - changed_at <= idle_ms) tally.open++
  else {
    const values = valuesOf(contents)
    tally.abandoned++
    addRevenues(tally.left, values)
    if (bought_at !== Infinity) {
      tally.recovered++
      addRevenues(tally.recovered_value, values)
    } else if (as_of - changed_at <= life_ms) tally.may_recover++
  }
}

function valuesOf(contents: Cart['contents']): Revenues {
  const values: Revenues = new Map()
  for (const { values: own } of contents.values())
    for (const [currency, value] of own) revenueIn(values, currency).value += value
  // Each cart is one.
  for (const revenue of values.values()) revenue.orders = 1
  return values
}
