/**
 * Products by brute force: of every product, who saw it, put it into the cart and bought it in the range;
 * and of the first two, who then went on with the same product inside the window.
 */

import type { Revenue } from '../src/counting/revenue.ts'
import type { Event } from '../src/gather.ts'
import type { Filter, Range } from '../src/matching/funnel.ts'
import { passesAll, valuesOf } from './filter.ts'
import { currencyOf, linesOf } from './lines.ts'

export interface PlainProduct {
  viewers: number
  viewers_who_added: number
  viewers_who_bought: number
  adders: number
  adders_who_bought: number
  buyers: number
  units: number
  /** By currency, '' where events name none. */
  revenue: Map<string, Revenue>
}

export interface PlainWish {
  filters: readonly Filter[]
  bots: boolean
  cookieless: boolean
}

/** The events that are not left out of a report. */
export function eventsSeen<Own extends Event>(wish: PlainWish, events: readonly Own[]): Own[] {
  const isSaid = (event: Own, name: string) => String(event.properties[name]) === 'true'
  return events.filter(
    (event) =>
      (wish.bots || !isSaid(event, 'bot')) &&
      (wish.cookieless || !isSaid(event, 'cookieless')) &&
      passesAll(wish.filters, event),
  )
}

export function oracleProducts(
  wish: PlainWish & { by: string; window_ms: number },
  range: Range,
  events: readonly Event[],
): Map<string, PlainProduct> {
  const seen = eventsSeen(wish, events)
  const products = new Set(seen.flatMap((event) => valuesOf(event, wish.by).map(String)))
  const all = Array.from(products, (product): [string, PlainProduct] => [
    product,
    productOf(
      seen.filter((event) => valuesOf(event, wish.by).map(String).includes(product)),
      product,
      wish,
      range,
    ),
  ])
  return new Map(all.filter(([, { viewers, adders, buyers }]) => viewers + adders + buyers > 0))
}

/** `own` are the events that carry the product. */
function productOf(
  own: readonly Event[],
  product: string,
  { by, window_ms }: { by: string; window_ms: number },
  { from, to }: Range,
): PlainProduct {
  const begun = (name: string) =>
    own.filter((event) => event.name === name && event.at >= from && event.at < to)
  const goesOn = (entry: Event, name: string) =>
    own.some(
      (event) =>
        event.visitor === entry.visitor &&
        event.name === name &&
        event.at >= entry.at &&
        event.at - entry.at <= window_ms,
    )
  const visitors = (some: readonly Event[]) => new Set(some.map(({ visitor }) => visitor)).size
  const whoThen = (first: string, then: string) =>
    visitors(begun(first).filter((entry) => goesOn(entry, then)))
  const bought = begun('purchase')
  const revenue = new Map<string, Revenue>()
  let units = 0
  for (const event of bought) {
    const lines = linesOf(event, by).filter((line) => line.product === product)
    const currency = currencyOf(event)
    const { orders, value } = revenue.get(currency) ?? { orders: 0, value: 0 }
    const worth = lines.reduce((sum, line) => sum + line.value, 0)
    revenue.set(currency, { orders: orders + 1, value: value + worth })
    units += lines.reduce((sum, { quantity }) => sum + quantity, 0)
  }
  return {
    viewers: visitors(begun('product_view')),
    viewers_who_added: whoThen('product_view', 'add_to_cart'),
    viewers_who_bought: whoThen('product_view', 'purchase'),
    adders: visitors(begun('add_to_cart')),
    adders_who_bought: whoThen('add_to_cart', 'purchase'),
    buyers: visitors(bought),
    units,
    revenue,
  }
}
