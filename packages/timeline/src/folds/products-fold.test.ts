import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnsOf } from '../counting/columns-of.ts'
import { eventsOf, funnelOf, MINUTE } from '../fixture.ts'
import { type Event, gather } from '../gather.ts'
import { foldTimelines } from './fold.ts'
import { funnelFold } from './funnel-fold.ts'
import { type ProductsWish, productColumns, productsFold } from './products-fold.ts'

const range = { from: 5 * MINUTE, to: 60 * MINUTE }
const wish: ProductsWish = {
  by: 'p',
  view: 'A',
  cart: 'B',
  purchase: 'C',
  // Three times what lies between two of the events below: what comes at its very end counts.
  window_ms: 21 * MINUTE,
  filters: [],
  bots: false,
  cookieless: false,
}
const talliesOf = (events: readonly Event[]) =>
  foldTimelines(productsFold(wish, range), gather(events, productColumns(wish)))

const anEvent: fc.Arbitrary<Event> = fc.record({
  visitor: fc.constantFrom('u', 'v'),
  at: fc.integer({ min: 0, max: 9 }).map((n) => n * 7 * MINUTE),
  name: fc.constantFrom('A', 'B', 'C'),
  properties: fc.oneof(
    fc.record({ p: fc.constantFrom('a', 'b', 5, '5') }, { requiredKeys: [] }),
    fc.record({
      items: fc.array(fc.record({ p: fc.constantFrom('a', 'b', 5) }), { maxLength: 2 }),
    }),
    fc.record({ p: fc.constant('a'), bot: fc.constant(true) }),
  ),
})

it('counts of every product what the funnel counts that is held by it', () => {
  const countOf = (stages: string, value: string, events: readonly Event[]) => {
    const funnel = funnelOf(stages, {
      hold: 'p',
      window_ms: wish.window_ms,
      filters: [{ property: 'p', op: 'eq', value }],
    })
    const tally = foldTimelines(funnelFold(funnel, range), gather(events, columnsOf(funnel)))
    return tally.stages.map(({ count }) => count)
  }
  fc.assert(
    fc.property(fc.array(anEvent, { maxLength: 20 }), (events) => {
      const tallies = talliesOf(events)
      for (const value of ['a', 'b', '5']) {
        const own = tallies.get(value)
        const counted = [
          [own?.viewers ?? 0, own?.viewers_who_added ?? 0],
          [own?.viewers ?? 0, own?.viewers_who_bought ?? 0],
          [own?.adders ?? 0, own?.adders_who_bought ?? 0],
        ]
        const asked = ['A→B', 'A→C', 'B→C'].map((stages) => countOf(stages, value, events))
        expect(counted).toEqual(asked)
        expect(own?.buyers ?? 0).toBe(countOf('C→C', value, events)[0])
      }
    }),
    { numRuns: 600 },
  )
})

it.each([
  { name: 'by its amount', purchase: 'C9{p="a",quantity=2,value=30}', want: { a: [2, 30] } },
  { name: 'by price and quantity', purchase: 'C9{p="a",quantity=2,price=4}', want: { a: [2, 8] } },
  { name: 'at nothing', purchase: 'C9{p="a"}', want: { a: [1, 0] } },
])('sells a product $name', ({ purchase, want }) => {
  const tallies = talliesOf(eventsOf(purchase))
  const sold = Array.from(tallies, ([product, { units, revenue }]) => [
    product,
    [units, revenue.get('')?.value],
  ])
  expect(Object.fromEntries(sold)).toEqual(want)
})

it('shares an order out among its items', () => {
  const order = (properties: Event['properties']) =>
    talliesOf([
      { visitor: 'v', at: 9 * MINUTE, name: 'C', properties: { currency: 'EUR', ...properties } },
    ])
  const item = (p: string, more = {}) => ({ p, ...more })
  const priced = order({
    value: 100,
    items: [
      item('a', { price: 5, quantity: 3 }),
      item('b', { price: 7, quantity: 1 }),
      item('a', { price: 1, quantity: 1 }),
    ],
  })
  expect(priced.get('a')).toMatchObject({ buyers: 1, units: 4 })
  expect(priced.get('a')?.revenue.get('EUR')).toEqual({ orders: 1, value: 16 })
  expect(priced.get('b')?.revenue.get('EUR')).toEqual({ orders: 1, value: 7 })
  const unpriced = order({
    value: 100,
    items: [item('a', { quantity: 3 }), item('b', { quantity: 1 })],
  })
  expect(unpriced.get('a')?.revenue.get('EUR')).toEqual({ orders: 1, value: 75 })
  // Whose price it is, columns do not say: what is stated is shared, and the sum is right.
  const partly = order({
    items: [item('a', { quantity: 1 }), item('b', { price: 8, quantity: 3 })],
  })
  expect(['a', 'b'].map((p) => partly.get(p)?.revenue.get('EUR')?.value)).toEqual([6, 18])
})
