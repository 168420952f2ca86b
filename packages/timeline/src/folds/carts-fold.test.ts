import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventsOf, MINUTE } from '../fixture.ts'
import { type Event, gather } from '../gather.ts'
import { type CartsTallies, type CartsWish, cartColumns, cartsFold } from './carts-fold.ts'
import { noCarts } from './carts-tally.ts'
import { foldTimelines } from './fold.ts'

const range = { from: 0, to: 60 * MINUTE }
const wish: CartsWish = {
  add: 'A',
  remove: 'R',
  purchase: 'P',
  idle_ms: 10 * MINUTE,
  life_ms: 30 * MINUTE,
  as_of: 1_000 * MINUTE,
  filters: [],
  bots: false,
  cookieless: false,
  breakdown: null,
}
const talliesOf = (events: readonly Event[], changes: Partial<CartsWish> = {}): CartsTallies => {
  const asked = { ...wish, ...changes }
  return foldTimelines(cartsFold(asked, range), gather(events, cartColumns(asked)))
}
const tallyOf = (text: string, changes: Partial<CartsWish> = {}) =>
  talliesOf(eventsOf(text), changes).get(null) ?? noCarts()

describe('a cart', () => {
  it.each([
    { name: 'is bought within idle', events: 'A0 P10', want: { bought: 1 } },
    { name: 'is bought too late', events: 'A0 P10.1', want: { abandoned: 1, recovered: 1 } },
    { name: 'is left', events: 'A0', want: { abandoned: 1 } },
    {
      name: 'is left once, however often it was changed',
      events: 'A0 A20 A40',
      want: { abandoned: 1 },
    },
    { name: 'is another one after its life', events: 'A0 A30.1', want: { abandoned: 2 } },
    {
      name: 'is another one after it was bought',
      events: 'A0 P1 A2',
      want: { bought: 1, abandoned: 1 },
    },
    { name: 'is not bought after its life', events: 'A0 P31', want: { abandoned: 1 } },
    {
      name: 'is none when it is emptied',
      events: 'A0{product_id="a"} R5{product_id="a"}',
      want: { emptied: 1 },
    },
    {
      name: 'is emptied by quantities',
      events:
        'A0{product_id="a",quantity=3} R5{product_id="a",quantity=2} R6{product_id="a",quantity=1}',
      want: { emptied: 1 },
    },
    {
      name: 'keeps what was not taken out',
      events: 'A0{product_id="a"} A0{product_id="b"} R5{product_id="a"}',
      want: { abandoned: 1 },
    },
    { name: 'counts by its last change: before the range', events: 'A-5', want: {} },
    { name: 'counts by its last change: after the range', events: 'A50 A60', want: {} },
    {
      name: 'holds what was put in before the range',
      events: 'A-5{product_id="a",quantity=2} R5{product_id="a",quantity=1}',
      want: { abandoned: 1 },
    },
    {
      name: 'is bought by its own purchase',
      events: 'A0{cart_id="x"} P5{cart_id="y"}',
      want: { abandoned: 1 },
    },
    {
      name: 'is bought by a purchase of no cart',
      events: 'A0{cart_id="x"} A1{cart_id="y"} P5',
      want: { bought: 2 },
    },
    { name: 'without an id is bought by any', events: 'A0 P5{cart_id="y"}', want: { bought: 1 } },
    { name: 'is filled before it is bought, in one moment', events: 'P5 A5', want: { bought: 1 } },
    { name: 'was not there', events: 'R0 P5', want: {} },
    { name: 'of a bot is none', events: 'A0{bot=true}', want: {} },
  ])('$name', ({ events, want }) => {
    const { left: _, recovered_value: __, ...counts } = tallyOf(events)
    expect(counts).toEqual({
      ...{ bought: 0, abandoned: 0, recovered: 0, may_recover: 0, open: 0, emptied: 0 },
      ...want,
    })
  })

  it('is open until idle is over, and may be recovered until its life is', () => {
    const counts = (minute: number) => {
      const { open, abandoned, may_recover } = tallyOf('A0', { as_of: minute * MINUTE })
      return [open, abandoned, may_recover]
    }
    expect([counts(10), counts(10.1), counts(30), counts(30.1)]).toEqual([
      [1, 0, 0],
      [0, 1, 1],
      [0, 1, 1],
      [0, 1, 0],
    ])
  })

  it('is worth what is left in it, by currency', () => {
    const { left, recovered_value } = tallyOf(
      'A0{product_id="a",price=4,quantity=3,currency="EUR"} A1{product_id="b",price=5,currency="USD"} R2{product_id="a",quantity=1} P20',
    )
    expect(Object.fromEntries(left)).toEqual({
      EUR: { orders: 1, value: 8 },
      USD: { orders: 1, value: 5 },
    })
    expect(recovered_value).toEqual(left)
  })

  it('is worth nothing in another currency than it was put in for', () => {
    const { left } = tallyOf(
      'A0{product_id="a",price=4,currency="EUR"} A1{product_id="a",price=6,currency="USD"} A2{product_id="a",price=2} R3{product_id="a",quantity=1.5}',
    )
    expect(Object.fromEntries(left)).toEqual({
      EUR: { orders: 1, value: 2 },
      USD: { orders: 1, value: 3 },
      '': { orders: 1, value: 1 },
    })
  })

  it('is of the row that its visitor was brought by last', () => {
    const rows = talliesOf(
      eventsOf('V-10{u="a"} V2{u="b"} A3 V4{u="c"} A5{cart_id="x"} V9{u="d"}'),
      {
        breakdown: 'u',
      },
    )
    expect([...rows.keys()]).toEqual(['b', 'c'])
  })
})

/** The same rules for one cart at a time, by looking at every pair of events. */
function bruteForce(events: readonly Event[]) {
  const sum = { bought: 0, abandoned: 0, recovered: 0, emptied: 0, value: 0 }
  const roles = 'ARP'
  const inOrder = events.toSorted(
    (a, b) => a.at - b.at || roles.indexOf(a.name) - roles.indexOf(b.name),
  )
  for (const visitor of new Set(events.map((event) => event.visitor)))
    for (const cart of new Set(events.map(({ properties }) => properties.cart_id))) {
      const own = inOrder.filter(
        (event) =>
          event.visitor === visitor &&
          (event.properties.cart_id === cart ||
            (event.name === 'P' && (cart === undefined || event.properties.cart_id === undefined))),
      )
      for (const [place, last] of own.entries()) {
        const next = own[place + 1]
        const isEnd = next === undefined || next.name === 'P' || next.at - last.at > wish.life_ms
        if (last.name === 'P' || !isEnd) continue
        // Back to where this cart began: its first `A` after a purchase, or after a life without a change.
        let first = place
        while (
          first > 0 &&
          own[first - 1]?.name !== 'P' &&
          own[first]!.at - own[first - 1]!.at <= wish.life_ms
        )
          first--
        const changes = own.slice(first, place + 1)
        const begin = changes.findIndex(({ name }) => name === 'A')
        if (begin === -1 || last.at < range.from || last.at >= range.to) continue
        const left = new Map<unknown, number>()
        for (const { name, properties } of changes.slice(begin)) {
          const before = left.get(properties.product_id) ?? 0
          const quantity = Number(properties.quantity ?? (name === 'A' ? 1 : Infinity))
          left.set(
            properties.product_id,
            Math.max(0, before + (name === 'A' ? quantity : -quantity)),
          )
        }
        const units = [...left.values()].reduce((total, one) => total + one, 0)
        const after = next?.name === 'P' ? next.at - last.at : Infinity
        if (units === 0) sum.emptied++
        else if (after <= wish.idle_ms) sum.bought++
        else {
          sum.abandoned++
          sum.value += units * 2
          if (after <= wish.life_ms) sum.recovered++
        }
      }
    }
  return sum
}

const anEvent: fc.Arbitrary<Event> = fc
  .record({
    visitor: fc.constantFrom('u', 'v'),
    at: fc.integer({ min: -5, max: 20 }).map((n) => n * 4 * MINUTE),
    name: fc.constantFrom('A', 'A', 'A', 'R', 'R', 'P'),
    product_id: fc.constantFrom('a', 'b'),
    cart_id: fc.constantFrom(undefined, undefined, 'x', 'y'),
    quantity: fc.constantFrom(undefined, 1, 2),
  })
  .map(({ visitor, at, name, product_id, cart_id, quantity }) => ({
    ...{ visitor, at, name },
    properties: {
      product_id,
      price: 2,
      ...(cart_id === undefined ? {} : { cart_id }),
      ...(quantity === undefined ? {} : { quantity }),
    },
  }))

it('counts what brute force counts', () => {
  const most = { bought: 0, recovered: 0, emptied: 0 }
  fc.assert(
    fc.property(fc.array(anEvent, { maxLength: 16 }), (events) => {
      const { bought, abandoned, recovered, emptied, left } =
        talliesOf(events).get(null) ?? noCarts()
      const { value, ...counts } = bruteForce(events)
      expect({ bought, abandoned, recovered, emptied }).toEqual(counts)
      expect(left.get('')?.value ?? 0).toBeCloseTo(value, 9)
      most.bought += bought
      most.recovered += recovered
      most.emptied += emptied
    }),
    { numRuns: 1_000 },
  )
  expect(Math.min(most.bought, most.recovered, most.emptied)).toBeGreaterThan(20)
})
