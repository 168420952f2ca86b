import { readFile } from 'node:fs/promises'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../packages/sdk/test/storefront.ts'
import { startTestWeir, type TestWeir } from '../../packages/server/src/testing.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir()
})
afterAll(() => weir.stop())

/** A checkout as Shopify documents it, as far as the pixel reads it. */
const checkout = {
  token: 'token-1',
  currencyCode: 'EUR',
  order: { id: '1001' },
  subtotalPrice: { amount: 39, currencyCode: 'EUR' },
  totalTax: { amount: 8.97 },
  shippingLine: { price: { amount: 4.9 } },
  discountApplications: [{ type: 'DISCOUNT_CODE', title: 'SPRING' }],
  lineItems: [
    {
      title: 'Storm lantern',
      quantity: 1,
      variant: {
        id: '70',
        title: 'Red',
        price: { amount: 39 },
        product: { id: '7', vendor: 'Weir', type: 'light' },
      },
    },
  ],
}

it('tells of the order, by the visitor of the cookie of the shop', async () => {
  const pixel = await readFile(new URL('pixel.js', import.meta.url), 'utf8')
  const heard = new Map<string, (event: object) => Promise<void>>()
  const visitor_id = '0199a8c2-6f00-7abc-8def-0123456789ab'
  runInNewContext(
    pixel.replace('https://weir.shop.example', weir.url).replace('wk_…', weir.keys.write),
    {
      fetch,
      Date,
      analytics: {
        subscribe: (name: string, listen: (event: object) => Promise<void>) =>
          heard.set(name, listen),
      },
      browser: { cookie: { get: async () => `${visitor_id}.1795284000123` } },
    },
  )
  const event = {
    id: 'sh-0001',
    clientId: 'client-1',
    timestamp: new Date().toISOString(),
    context: {
      document: {
        location: { href: 'https://shop.example/checkouts/1' },
        title: 'Checkout',
        referrer: '',
      },
    },
    data: { checkout },
  }
  await heard.get('checkout_started')?.(event)
  await heard.get('checkout_completed')?.({ ...event, id: 'sh-0002' })
  await heard.get('checkout_completed')?.({ ...event, id: 'sh-0002' })

  const read = async () =>
    (await weir.pool.query('select name, visitor_id, properties from events order by at, name'))
      .rows
  await until(async () => (await read()).length >= 2)
  const stored = await read()
  expect(stored.map(({ name }) => name)).toEqual(['begin_checkout', 'purchase'])
  expect(new Set(stored.map((row) => row.visitor_id))).toEqual(new Set([visitor_id]))
  expect(stored[1].properties).toMatchObject({
    order_id: '1001',
    value: 39,
    currency: 'EUR',
    tax: 8.97,
    shipping: 4.9,
    coupon: 'SPRING',
    items: [
      { product_id: '7', product_name: 'Storm lantern', variant: 'Red', price: 39, quantity: 1 },
    ],
  })
})
