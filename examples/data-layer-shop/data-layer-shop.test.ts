import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Example, startExample } from '../../packages/sdk/test/example.ts'

let shop: Example
beforeAll(async () => {
  shop = await startExample('data-layer-shop')
})
afterAll(() => shop.stop())

const LANTERN = { product_id: 'storm-lantern', product_name: 'Storm lantern' }

it('is measured without a line of code: from the list to an order that counts once', async () => {
  const { tab } = shop
  await tab.goto(`${shop.url}/`)
  await shop.stored(2)
  await Promise.all([tab.waitForNavigation(), tab.click('a')])
  await shop.stored(4)
  await tab.click('#add')
  await Promise.all([tab.waitForNavigation(), tab.click('#buy')])
  await shop.stored(7)
  await tab.reload()
  await shop.stored(8)
  await new Promise((resolve) => setTimeout(resolve, 1_500))

  const stored = await shop.stored(8)
  expect(stored.map(({ name }) => name)).toEqual([
    'view',
    'view_item_list',
    'view',
    'product_view',
    'add_to_cart',
    'view',
    'purchase',
    'view',
  ])
  expect(new Set(stored.map(({ visitor_id }) => visitor_id)).size).toBe(1)
  const of = (name: string) => stored.find((event) => event.name === name)?.properties
  expect(of('product_view')).toMatchObject({
    value: 39,
    currency: 'EUR',
    items: [{ ...LANTERN, category: 'light' }],
  })
  expect(of('add_to_cart')).toMatchObject({ value: 39, items: [LANTERN] })
  expect(of('purchase')).toMatchObject({
    order_id: '1001',
    value: '39.00',
    tax: '8.97',
    shipping: '4.90',
    items: [LANTERN],
  })
  expect(shop.faults).toEqual([])
})
