import type { FunnelAnswer, ProductsAnswer } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Chance } from '../demo/random.ts'
import { type RandomShop, startRandomShop } from '../reports/random-shop.fixture.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 9, 1)
const NAMES = ['product_view', 'product_view', 'add_to_cart', 'purchase'] as const
const sku = (chance: Chance) => `sku-${Math.min(chance.between(1, 6), chance.between(1, 6))}`

const eventOf = (chance: Chance, index: number) => {
  const item = () => ({
    product_id: sku(chance),
    category: `category-${chance.between(1, 2)}`,
    price: chance.between(1, 9),
    quantity: chance.between(1, 3),
  })
  const name = chance.pick(NAMES.map((name) => [name, 1]))
  return {
    visitor_id: `visitor-${chance.between(1, 120)}`,
    name,
    at: START + chance.between(0, 6 * 24 * 4) * (HOUR_MS / 4),
    properties: {
      ...(chance.happens(0.3) ? { items: [item(), item()] } : item()),
      order_id: `order-${index}`,
      currency: chance.happens(0.8) ? 'EUR' : 'USD',
      device: chance.happens(0.5) ? 'mobile' : 'desktop',
    },
  }
}

let shop: RandomShop
beforeAll(async () => {
  shop = await startRandomShop(1_500, eventOf)
})
afterAll(() => shop.weir.stop())

const RANGE = { from: '2026-10-02', to: '2026-10-05', window: '2d' }
const ask = (more: Record<string, string> = {}) =>
  shop.weir.ask<ProductsAnswer>(`/v1/products?${new URLSearchParams({ ...RANGE, ...more })}`)

describe('every number of a product', () => {
  const funnelOf = async (names: string[], by: string, value: string) => {
    const { stages, conversion } = await shop.query<FunnelAnswer>('/v1/query/funnel', {
      ...RANGE,
      stages: names.map((name) => ({ events: [name] })),
      hold: by,
      filters: [
        { property: by, op: 'eq', value },
        { property: 'device', op: 'eq', value: 'mobile' },
      ],
    })
    return [stages[0]?.count, conversion.rates.funnel]
  }

  it.each(['product_id', 'category'])('is that of the funnel held by %s', async (by) => {
    const { products, other, question } = await ask({ by, filter: 'device:eq:mobile' })
    expect(question).toMatchObject({ by, sort: 'viewers', limit: 25, window: '2d' })
    expect(other).toBeNull()
    expect(products.length).toBe(by === 'category' ? 2 : 6)
    for (const { product, viewers, adders, buyers, rates } of products) {
      const { view_to_cart, view_to_purchase, cart_to_purchase } = rates
      expect(await funnelOf(['product_view', 'add_to_cart'], by, product)).toMatchObject([
        viewers,
        view_to_cart,
      ])
      expect(await funnelOf(['product_view', 'purchase'], by, product)).toMatchObject([
        viewers,
        view_to_purchase,
      ])
      expect(await funnelOf(['add_to_cart', 'purchase'], by, product)).toMatchObject([
        adders,
        cart_to_purchase,
      ])
      expect((await funnelOf(['purchase', 'purchase'], by, product))[0]).toBe(buyers)
    }
  })
})

it('has the units and the revenue of the purchases in the range, by currency', async () => {
  const { products } = await ask()
  for (const { product, units, revenue } of products) {
    const lines = shop.events.flatMap(({ name, at, properties }) => {
      const isIn = at >= Date.UTC(2026, 9, 2) && at < Date.UTC(2026, 9, 5)
      if (name !== 'purchase' || !isIn) return []
      const items = Array.isArray(properties.items) ? properties.items : [properties]
      return items
        .filter((item) => item.product_id === product)
        .map((item) => ({ ...item, currency: properties.currency }))
    })
    expect(units).toBe(lines.reduce((sum, { quantity }) => sum + quantity, 0))
    for (const { currency, value } of revenue) {
      const own = lines.filter((line) => line.currency === currency)
      expect(value).toBeCloseTo(
        own.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
        6,
      )
    }
    expect(revenue.map(({ currency }) => currency).sort()).toEqual(['EUR', 'USD'])
  }
})

it('drops nothing beyond the limit, and sorts by what is asked', async () => {
  const all = await ask({ sort: 'units' })
  const { products, other } = await ask({ sort: 'units', limit: '2' })
  expect(products).toEqual(all.products.slice(0, 2))
  const rest = all.products.slice(2)
  const sum = (pick: (row: (typeof rest)[number]) => number) =>
    rest.reduce((total, row) => total + pick(row), 0)
  expect(other).toMatchObject({
    products: rest.length,
    viewers: sum(({ viewers }) => viewers),
    buyers: sum(({ buyers }) => buyers),
    units: sum(({ units }) => units),
  })
  const units = all.products.map((row) => row.units)
  expect(units).toEqual(units.toSorted((a, b) => b - a))
  const byRate = (await ask({ sort: 'view_to_cart' })).products.map(
    ({ rates }) => rates.view_to_cart.rate ?? -1,
  )
  expect(byRate).toEqual(byRate.toSorted((a, b) => b - a))
})

it('is CSV with one row a product', async () => {
  const response = await fetch(
    `${shop.weir.url}/v1/products?${new URLSearchParams({ ...RANGE, limit: '2', format: 'csv' })}`,
    { headers: { authorization: `Bearer ${shop.weir.keys.read}` } },
  )
  const lines = (await response.text()).trimEnd().split('\r\n')
  expect(lines[0]).toMatch(
    /^product,product_is,viewers,adders,buyers,view_to_cart_numerator,.*,units,orders_EUR,revenue_EUR/,
  )
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['sku-1', 'sku-2', '(other)'])
})
