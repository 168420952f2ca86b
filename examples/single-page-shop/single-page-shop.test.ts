import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Example, startExample } from '../../packages/sdk/test/example.ts'

let shop: Example
beforeAll(async () => {
  shop = await startExample('single-page-shop')
})
afterAll(() => shop.stop())

it('is viewed at every path, before what is done there, and sold from in one page load', async () => {
  const { tab } = shop
  await tab.goto(`${shop.url}/`)
  await shop.stored(1)
  await tab.click('a[href="/p/ash-paddle"]')
  await tab.click('#add')
  await tab.click('a[href="/cart"]')
  await shop.stored(5)
  await tab.goBack()
  await shop.stored(7)
  await tab.goForward()
  await shop.stored(8)
  await tab.click('#order')

  const stored = await shop.stored(10)
  expect(
    stored.map(({ name, properties }) => `${name} ${properties.path}`.replace(/\d+$/, '…')),
  ).toEqual([
    'view /',
    'view /p/ash-paddle',
    'product_view /p/ash-paddle',
    'add_to_cart /p/ash-paddle',
    'view /cart',
    'view /p/ash-paddle',
    'product_view /p/ash-paddle',
    'view /cart',
    'view /thanks/…',
    'purchase /thanks/…',
  ])
  expect(new Set(stored.map(({ stream }) => stream)).size).toBe(1)
  expect(stored.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(stored.at(-1)?.properties).toMatchObject({
    value: 89,
    items: [{ product_id: 'ash-paddle' }],
  })
  expect(shop.faults).toEqual([])
})
