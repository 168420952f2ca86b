import { type Chance, chanceFrom } from '../demo/random.ts'

/** For tests: what one random shop saw, made to collide as timeline/test/histories.ts is, over five days. */
export interface ShopEvent {
  id: string
  visitor: string
  at: number
  name: string
  properties: Record<string, unknown>
  /** The shop's server, the page in a phone, or a crawler that runs the page's script. */
  sender: 'server' | 'page' | 'crawler'
}

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const TIME_ZONE = 'Europe/Berlin'

/** Midnights there; the third day is the one of 25 hours. */
export const MIDNIGHTS = [23, 24, 25, 26, 27, 28].map((day) =>
  Date.UTC(2026, 9, day, day > 25 ? -1 : -2),
)

/** Some windows are still open, and some events are of a server whose clock is ahead. */
export const NOW = Date.UTC(2026, 9, 26, 23, 35)

const VISITORS = 30
const MINUTES = [0, 0, 10, 10, 20, 30, 30, 40, 60, 70, 90, -10]
/** 5 and "5" are equal, 0, false and '' are set. */
const VALUES = [5, '5', 'x', 'x', 'Xy', 0, '', false]
/** Few, so that what is put in is taken out. */
const IN_CARTS = [5, '5', 'x', 'x']
const NAMES = [
  'view',
  'product_view',
  'product_view',
  'add_to_cart',
  'add_to_cart',
  'add_to_cart',
  'purchase',
  'purchase',
  'remove_from_cart',
  'remove_from_cart',
  'chat',
]

export function shopHistory(seed: number): ShopEvent[] {
  const chance = chanceFrom(seed)
  const visitors = Array.from({ length: VISITORS }, (_, index) => `visitor-${index}`)
  const events = visitors.flatMap((visitor) => {
    const days = [oneOf(chance, MIDNIGHTS.slice(0, 5)), oneOf(chance, MIDNIGHTS.slice(0, 5))]
    return Array.from({ length: chance.between(1, 13) }, () => {
      const at =
        oneOf(chance, days) +
        oneOf(chance, MINUTES) * MINUTE_MS +
        oneOf(chance, [0, 0, 0, 0, 1, -1])
      const name = oneOf(chance, NAMES)
      const sender = at > NOW ? 'server' : oneOf(chance, [...SENDERS])
      return { visitor, at, name, sender, properties: propertiesOf(chance, name, sender) }
    })
  })
  return events.map((event, index) => ({ ...event, id: `${seed}-${index}` }))
}

const SENDERS = [...Array<'server'>(12).fill('server'), 'page', 'page', 'crawler'] as const

function propertiesOf(chance: Chance, name: string, sender: ShopEvent['sender']) {
  const properties: Record<string, unknown> = { ...moneyOf(chance) }
  if (chance.happens(0.5))
    properties.product_id = oneOf(chance, name.endsWith('cart') ? IN_CARTS : VALUES)
  else if (chance.happens(0.6)) properties.items = itemsOf(chance)
  if (chance.happens(0.4)) properties.utm_campaign = oneOf(chance, ['x', 'y', 0, ''])
  if (chance.happens(0.6)) properties.currency = oneOf(chance, ['EUR', 'EUR', 'USD'])
  if (chance.happens(0.3)) properties.cart_id = oneOf(chance, ['c1', 'c2'])
  if (chance.happens(0.08)) properties.bot = oneOf(chance, [true, 'true'])
  if (chance.happens(0.08)) properties.cookieless = true
  if (name === 'purchase' && (sender !== 'server' || chance.happens(0.9)))
    properties.order_id = `order-${chance.between(1, 1e9)}`
  return properties
}

function moneyOf(chance: Chance): Record<string, unknown> {
  return oneOf(chance, [
    {},
    { value: 10 },
    { value: '2.5' },
    { price: 3, quantity: 2 },
    { price: 4 },
    { quantity: 3 },
  ])
}

/** Prices and quantities on all items, on none, or on the first alone. */
function itemsOf(chance: Chance): Record<string, unknown>[] {
  const [priced, counted] = [chance.between(0, 2), chance.between(0, 2)]
  return Array.from({ length: chance.between(1, 3) }, (_, place) => ({
    product_id: oneOf(chance, VALUES),
    ...(priced === 2 || (priced === 1 && place === 0) ? { price: chance.between(1, 4) } : {}),
    ...(counted === 2 || (counted === 1 && place === 0) ? { quantity: chance.between(1, 3) } : {}),
  }))
}

export function oneOf<T>(chance: Chance, some: readonly T[]): T {
  return chance.pick(some.map((one) => [one, 1]))
}
