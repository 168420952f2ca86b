/**
 * A month of shoppers, the same every time:
 * 1. Each day brings new visitors, more of them on weekends; each has a way, a place, a device.
 * 2. A visit looks at pages and products; how keen the visitor is says how far it goes:
 *    a product, perhaps a chat, the cart, the order.
 * 3. Who did not buy may come back within days, directly, and keener if something is in the cart.
 */
import type { SentEvent } from '@weir/contract'
import { DEVICES, type Device, HOURS, PLACES, type Place, WAYS, type Way } from './believable.ts'
import type { Product } from './products.ts'
import { type Chance, chanceFrom } from './random.ts'

export const DEMO_DAYS = 31
/** How many events the month has. */
export const DEMO_EVENTS = 55_356
const SEED = 20_261_031
const VISITORS_A_DAY = 330
const DAY_MS = 86_400_000
const SHOP = 'https://shop.example'
const COME_BACK = 0.26
const MOST_VISITS = 5
const VAT = 0.23

interface Visitor {
  id: string
  chance: Chance
  place: Place
  device: Device
  keenness: number
  cart: Product[]
}

/** The events of the `DEMO_DAYS` days before `midnight` (ms), by time; none at or after it. */
export function demoTraffic(midnight: number, products: readonly Product[]): SentEvent[] {
  const chance = chanceFrom(SEED)
  const events: SentEvent[] = []
  let number = 0
  for (let day = 0; day < DEMO_DAYS; day++) {
    const start = midnight - (DEMO_DAYS - day) * DAY_MS
    const wave = 1 + 0.12 * Math.sin(day / 3.3) + (day % 7 >= 5 ? 0.25 : 0)
    const today = Math.round(VISITORS_A_DAY * wave * (0.92 + 0.16 * chance.next()))
    for (let i = 0; i < today; i++) {
      const id = `demo-${String(++number).padStart(5, '0')}`
      events.push(...lifeOf(id, start, chanceFrom(SEED + number * 7_919), products))
    }
  }
  return events
    .filter(({ at }) => Number(at) < midnight)
    .sort((a, b) => Number(a.at) - Number(b.at))
}

/** All visits of one visitor, the first on the day that begins at `day`. */
function lifeOf(
  id: string,
  day: number,
  chance: Chance,
  products: readonly Product[],
): SentEvent[] {
  const way = chance.pick(WAYS)
  const device = chance.pick(DEVICES)
  const keenness = way.keenness * device.keenness * (0.4 + 1.2 * chance.next())
  const visitor = { id, chance, device, keenness, place: chance.pick(PLACES), cart: [] }
  const direct: Way = { query: '', referrer: '', keenness: 1 }
  const events: SentEvent[] = []
  let at = day + timeOfDay(chance)
  for (let visit = 0; visit < MOST_VISITS; visit++) {
    const own = visitOf(visitor, visit === 0 ? way : direct, at, products)
    events.push(...own)
    if (own.some(({ name }) => name === 'purchase') || !chance.happens(COME_BACK)) break
    at += DAY_MS / 3 + chance.wait(1.6 * DAY_MS)
    visitor.keenness *= 1.25
  }
  return events
}

function visitOf(
  visitor: Visitor,
  way: Way,
  start: number,
  products: readonly Product[],
): SentEvent[] {
  const { chance } = visitor
  const keen = (share: number) => chance.happens(Math.min(0.95, share * visitor.keenness))
  const events: SentEvent[] = []
  let at = start
  let arrival = true
  const say = (name: string, path: string, properties: SentEvent['properties'] = {}) => {
    events.push(eventOf(visitor, { name, at, path, properties, way: arrival ? way : null }))
  }
  const goTo = (path: string) => {
    if (events.length > 0) at += 4_000 + chance.wait(45_000)
    say('view', path)
    at += 300 + chance.wait(900)
  }

  goTo('/')
  arrival = false
  const looks = keen(0.42) ? chance.between(1, 4) : 0
  for (let look = 0; look < looks; look++) {
    const product = chance.pick(products.map((own, place) => [own, 1 / (place + 1.5)]))
    goTo(`/product/${product.id}`)
    say('product_view', `/product/${product.id}`, describe(product))
    if (keen(0.045)) {
      at += 8_000 + chance.wait(30_000)
      say('chat', `/product/${product.id}`, { chat_provider: 'storefront', product_id: product.id })
      visitor.keenness *= 1.6
    }
    if (keen(0.04)) {
      at += 5_000 + chance.wait(40_000)
      say('add_to_cart', `/product/${product.id}`, {
        ...describe(product),
        quantity: 1,
        cart_id: `cart-${visitor.id}`,
      })
      visitor.cart.push(product)
    }
  }
  if (visitor.cart.length === 0 || !keen(0.36)) return events
  goTo('/cart')
  if (chance.happens(0.1)) {
    const removed = visitor.cart.pop()
    if (removed)
      say('remove_from_cart', '/cart', {
        ...describe(removed),
        quantity: 1,
        cart_id: `cart-${visitor.id}`,
      })
    if (visitor.cart.length === 0) return events
  }
  goTo('/checkout')
  say('begin_checkout', '/checkout', {
    cart_id: `cart-${visitor.id}`,
    value: worthOf(visitor.cart),
    currency: 'EUR',
  })
  if (!keen(0.26)) return events
  goTo('/thanks')
  say('purchase', '/thanks', orderOf(visitor))
  return events
}

function eventOf(
  visitor: Visitor,
  event: {
    name: string
    at: number
    path: string
    properties: NonNullable<SentEvent['properties']>
    way: Way | null
  },
): SentEvent {
  const query = event.way?.query ? `?${event.way.query}` : ''
  return {
    visitor_id: visitor.id,
    name: event.name,
    at: Math.round(event.at),
    properties: event.properties,
    context: {
      url: `${SHOP}${event.path}${query}`,
      referrer: event.way ? event.way.referrer : `${SHOP}/`,
      user_agent: visitor.device.user_agent,
      screen: visitor.device.screen,
      ...visitor.place,
    },
  }
}

function orderOf(visitor: Visitor) {
  const value = worthOf(visitor.cart)
  return {
    order_id: `WD-${visitor.id}`,
    cart_id: `cart-${visitor.id}`,
    currency: 'EUR',
    value,
    tax: Math.round(value * VAT * 100) / 100,
    shipping: value >= 90 ? 0 : 4.9,
    items: visitor.cart.map((product) => ({ ...describe(product), quantity: 1 })),
  }
}

const describe = (product: Product) => ({
  product_id: product.id,
  product_name: product.name,
  category: product.category,
  price: product.cents / 100,
  currency: 'EUR',
})

const worthOf = (cart: readonly Product[]): number =>
  cart.reduce((cents, product) => cents + product.cents, 0) / 100

function timeOfDay(chance: Chance): number {
  const hour = chance.pick(HOURS.map((weight, own) => [own, weight]))
  return (hour + chance.next()) * 3_600_000
}
