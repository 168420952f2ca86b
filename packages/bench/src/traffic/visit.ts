/**
 * One visit: an arrival, perhaps some products, the cart, the order. Most look at a page or two and leave.
 */
import * as catalogue from './catalogue.ts'
import type { ShopEvent } from './shop-event.ts'
import { uuidOf } from './uuid.ts'
import type { Visitor } from './visitor.ts'

/** Adds the visit's events; says when it ended, and whether with an order. */
export function visit(
  visitor: Visitor,
  start: number,
  isFirst: boolean,
  into: ShopEvent[],
): { end: number; bought: boolean } {
  const { chance, keenness } = visitor
  const keen = (share: number) => chance.happens(Math.min(0.95, share * keenness))
  let at = start
  const say = (name: string, path: string, more: ShopEvent['properties'] = {}) => {
    const { number, id, facts } = visitor
    const event_id = uuidOf(at, number, visitor.events++)
    const properties = { ...facts, path, ...more }
    into.push({ visitor: number, visitor_id: id, event_id, at, name, properties })
    at += 200 + chance.wait(800)
  }
  const look = () => {
    at += 3_000 + chance.wait(30_000)
  }

  say('view', catalogue.pages(chance), arrivalOf(visitor, isFirst))
  for (let more = keen(0.4) ? chance.between(1, 2) : 0; more > 0; more--) {
    look()
    say('view', catalogue.pages(chance))
  }
  for (let looks = keen(0.38) ? chance.between(1, 3) : 0; looks > 0; looks--) {
    const product_id = catalogue.products(chance)
    const path = `/p/${product_id}`
    look()
    say('view', path)
    say('product_view', path, { product_id })
    if (!keen(0.11)) continue
    look()
    say('add_to_cart', path, { product_id })
    visitor.cart.push(product_id)
  }
  if (visitor.cart.length === 0 || !keen(0.4)) return { end: at, bought: false }
  look()
  say('view', '/checkout')
  if (!keen(0.5)) return { end: at, bought: false }
  look()
  say('purchase', '/thanks', { value: chance.between(500, 25_000) / 100, currency: 'EUR' })
  visitor.cart = []
  return { end: at, bought: true }
}

/** Who comes back comes mostly by itself. */
function arrivalOf({ chance }: Visitor, isFirst: boolean): Record<string, string> {
  const channel = isFirst || chance.happens(0.4) ? catalogue.channels(chance) : 'direct'
  if (!catalogue.TAGGED.has(channel)) return { channel }
  return {
    channel,
    utm_source: catalogue.sources(chance),
    utm_campaign: catalogue.campaigns(chance),
  }
}
