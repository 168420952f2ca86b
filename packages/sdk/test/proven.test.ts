import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { page, type Shop, type Storefront, startStorefront, until } from './storefront.ts'

/** What a server can prove of real pages' delivery: their streams, and the numbers of their events. */
let storefront: Storefront
let shop: Shop
beforeAll(async () => {
  storefront = await startStorefront()
})
beforeEach(async () => {
  shop = await storefront.newShop()
})
afterAll(() => storefront.stop())

const delivery = async () => {
  const response = await fetch(`${storefront.weir.url}/v1/delivery?from=2020-01-01&to=2100-01-01`, {
    headers: { authorization: `Bearer ${shop.read_key}` },
  })
  return response.json()
}

const isTold = `!Object.keys(localStorage).some((key) => key.startsWith('weir:'))`

it('is all of what two pages told, one of them refused', async () => {
  const tab = await shop.open('/one')
  await tab.evaluate(`weir('product_view'); weir('purchase', { value: 1 })`)
  await tab.waitForFunction(isTold)
  await tab.goto(`${shop.url}/two`)
  await tab.evaluate(`weir('add_to_cart')`)
  await tab.waitForFunction(isTold)
  expect(await delivery()).toMatchObject({
    ...{ streams: 2, expected: 5, stored: 4, rejected: 1, missing: 0, delivered: 1 },
  })
})

it('misses the one event whose storage was wiped before it was told', async () => {
  // Whenever it comes: the first page's beacon may arrive when the second page is there.
  storefront.proxy.weather = ({ body }) => (body.includes('"chat"') ? 'down' : 'pass')
  const tab = await shop.open('/one')
  await tab.evaluate(`weir('chat'); weir('add_to_cart')`)
  await until(() => shop.seen().length > 0)
  shop.pages['/wipes'] = page(
    'wipes',
    `<script>
      for (const key in localStorage) if (/"name":"chat"/.test(localStorage[key])) delete localStorage[key]
      { const now = Date.now; Date.now = () => now() + 6000 }
    </script>${shop.tag()}`,
  )
  await tab.goto(`${shop.url}/wipes`)
  expect(await shop.names(3)).toEqual(['view', 'add_to_cart', 'view'])
  expect(await delivery()).toMatchObject({
    ...{ streams: 2, expected: 4, stored: 3, missing: 1, delivered: 3 / 4 },
  })
})
