import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { page, type Shop, type Storefront, sleep, startStorefront } from './storefront.ts'

let storefront: Storefront
let shop: Shop
beforeAll(async () => {
  storefront = await startStorefront()
})
beforeEach(async () => {
  shop = await storefront.newShop()
})
afterAll(() => storefront.stop())

/** Opens a page whose own script runs before the tag. */
const open = async (script: string, body = '', extra = ''): Promise<Page> => {
  shop.pages['/'] = page('shop', `<script>${script}</script>${shop.tag(extra)}`, body)
  return shop.open('/')
}

/** What was stored but for views, once there is as much of it. */
const told = async (count: number) => {
  await shop.names(count + 1)
  return (await shop.stored()).filter(({ name }) => name !== 'view')
}

/** When the plugin for the data layer is there. */
const layerAdopted = 'dataLayer.push !== Array.prototype.push'

const GA4_ITEM = {
  item_id: 'sku-1',
  item_name: 'Blue shirt',
  item_variant: 'L',
  item_brand: 'Weir',
  item_category: 'shirts',
  price: '600.00',
  quantity: 2,
}

const OUR_ITEM = {
  product_id: 'sku-1',
  product_name: 'Blue shirt',
  variant: 'L',
  brand: 'Weir',
  category: 'shirts',
  price: '600.00',
  quantity: 2,
}

/** GA4's name, and ours. */
const GA4_ROWS = [
  ['view_item', 'product_view'],
  ['add_to_cart', 'add_to_cart'],
  ['purchase', 'purchase'],
  ...[
    'generate_lead',
    'view_item_list',
    'select_item',
    'view_cart',
    'remove_from_cart',
    'begin_checkout',
    'add_shipping_info',
    'add_payment_info',
    'refund',
    'sign_up',
    'login',
    'search',
  ].map((name) => [name, name]),
]

describe('GA4 events', () => {
  it.each([
    ['on the data layer', (name: string) => `dataLayer.push({ event: '${name}', ecommerce: E })`],
    [
      'on the data layer without ecommerce',
      (name: string) => `dataLayer.push({ event: '${name}', ...E })`,
    ],
    ['told to gtag', (name: string) => `gtag('event', '${name}', E)`],
  ])('%s, before the tag and after, are ours', async (_, push) => {
    const ecommerce = { transaction_id: 'o-1', value: 1200, currency: 'EUR', items: [GA4_ITEM] }
    const all = GA4_ROWS.map(([name = '']) => push(name)).join(';')
    const tab = await open(`
      dataLayer = []; function gtag() { dataLayer.push(arguments) }
      const E = ${JSON.stringify(ecommerce)};
      ${push('page_view')}; ${push('gtm.js')}; ${push('cookie_banner')}; dataLayer.push({ ecommerce: null }); ${all}`)
    const ours = GA4_ROWS.map(([, name]) => name)
    const before = await told(ours.length)
    expect(before.map(({ name }) => name)).toEqual(ours)
    for (const { properties } of before) {
      expect(properties).toMatchObject({
        order_id: 'o-1',
        value: 1200,
        currency: 'EUR',
        items: [OUR_ITEM],
        told_by: 'dataLayer',
      })
      expect(properties).not.toHaveProperty('event')
    }

    // The order id is taken: the second purchase is not stored.
    await tab.evaluate(all)
    const after = (await told(2 * ours.length - 1)).slice(ours.length)
    expect(after.map(({ name }) => name)).toEqual(ours.filter((name) => name !== 'purchase'))
    expect(shop.faults).toEqual([])
  })

  it('are adopted where the data layer comes late, and push keeps what it returns', async () => {
    const tab = await open('')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`dataLayer = [{ event: 'login' }]`)
    await tab.waitForFunction(layerAdopted)
    expect(await tab.evaluate(`dataLayer.push({ event: 'sign_up', method: 'email' }, {})`)).toBe(3)
    const [login, signUp] = await told(2)
    expect([login?.name, signUp?.name]).toEqual(['login', 'sign_up'])
    expect(signUp?.properties.method).toBe('email')
  })

  it('of a purchase without a transaction id are refused, never stored', async () => {
    const tab = await open(`dataLayer = [{ event: 'purchase', ecommerce: { transaction_id: '' } }]`)
    await tab.waitForFunction('weir.told?.some(([item, result]) => result?.code)')
    expect(await tab.evaluate('weir.told.find(([item, result]) => result?.code)[1].code')).toBe(
      'order_id_required',
    )
    expect(await told(0)).toEqual([])
  })

  it('are left alone when adoption is off', async () => {
    const tab = await open(`dataLayer = [{ event: 'login' }]`, '', 'data-adopt="off"')
    await tab.waitForFunction('weir.told')
    await sleep(1_500)
    expect(await tab.evaluate(layerAdopted)).toBe(false)
    expect(await told(0)).toEqual([])
  })

  it('are adopted under a strict policy with Trusted Types', async () => {
    const { url } = storefront.proxy
    shop.headers['content-security-policy'] =
      `default-src 'none'; script-src ${url} 'self'; connect-src ${url}; require-trusted-types-for 'script'; trusted-types 'none'`
    shop.pages['/layer.js'] = `dataLayer = [{ event: 'login' }]`
    shop.pages['/'] =
      `<!doctype html><title>strict</title><script src="/layer.js"></script>${shop.tag()}`
    await shop.open('/')
    expect((await told(1)).map(({ name }) => name)).toEqual(['login'])
    expect(shop.faults).toEqual([])
  })
})

describe('Google consent mode', () => {
  const GTAG = 'dataLayer = []; function gtag() { dataLayer.push(arguments) };'
  const kept = 'JSON.stringify([Object.keys(localStorage), document.cookie])'

  it('denied by default keeps nothing on the device, whatever else was pushed', async () => {
    const tab = await open(
      `${GTAG} dataLayer.push(null, () => 0, 7); gtag('consent', 'default', { analytics_storage: 'denied' })`,
    )
    await tab.waitForFunction(layerAdopted)
    await shop.names(1)
    expect((await shop.stored())[0]?.properties.cookieless).toBe(true)
    expect(await tab.evaluate(kept)).toBe('[[],""]')
  })

  it('granted by an update stores the visitor, who is known at the next page though denied by default', async () => {
    const tab = await open(`${GTAG} gtag('consent', 'default', { analytics_storage: 'denied' })`)
    await tab.waitForFunction(layerAdopted)
    await tab.evaluate(`gtag('consent', 'update', { analytics_storage: 'granted' })`)
    expect(await tab.evaluate(kept)).toMatch(/"weir"/)
    await shop.names(1)
    await tab.reload()
    await shop.names(2)
    const stored = await shop.stored()
    expect(new Set(stored.map(({ visitor_id }) => visitor_id)).size).toBe(1)
    expect(stored[1]?.properties).not.toHaveProperty('cookieless')
  })

  it('denied by an update forgets the visitor', async () => {
    const tab = await open(`${GTAG} gtag('consent', 'update', { analytics_storage: 'denied' })`)
    await tab.waitForFunction(`localStorage.weir === 'denied'`)
  })
})

describe('Segment', () => {
  const ROWS = [
    ['Product Viewed', 'product_view'],
    ['Product Added', 'add_to_cart'],
    ['Order Completed', 'purchase'],
    ['Product List Viewed', 'view_item_list'],
    ['Product Clicked', 'select_item'],
    ['Cart Viewed', 'view_cart'],
    ['Product Removed', 'remove_from_cart'],
    ['Checkout Started', 'begin_checkout'],
    ['Payment Info Entered', 'add_payment_info'],
    ['Order Refunded', 'refund'],
    ['Signed Up', 'sign_up'],
    ['Signed In', 'login'],
    ['Products Searched', 'search'],
  ] as const

  it('events are ours', async () => {
    const tab = await open(
      `analytics = { heard: [], on(type, heard) { this.heard.push(heard) }, track(...call) { this.heard.forEach((heard) => heard(...call)) } }`,
    )
    await tab.waitForFunction('analytics.heard[0]')
    const product = { sku: 'sku-1', name: 'Blue shirt', price: 19.9, quantity: 2, brand: 'Weir' }
    const order = {
      order_id: 'o-1',
      subtotal: 30,
      revenue: 39.8,
      currency: 'EUR',
      tax: 3,
      coupon: 'X',
    }
    await tab.evaluate(`
      analytics.track('Video Started', {})
      for (const name of ${JSON.stringify(ROWS.map(([name]) => name))})
        analytics.track(name, ${JSON.stringify({ ...order, ...product, products: [product] })})
      analytics.track('Cart Viewed', { subtotal: 30 })`)
    const ours = ROWS.map(([, name]) => name)
    const stored = await told(ours.length + 1)
    expect(stored.map(({ name }) => name)).toEqual([...ours, 'view_cart'])
    expect(stored.at(-1)?.properties.value).toBe(30)
    for (const { properties } of stored.slice(0, -1)) {
      expect(properties).toMatchObject({
        order_id: 'o-1',
        value: 39.8,
        currency: 'EUR',
        tax: 3,
        coupon: 'X',
        product_id: 'sku-1',
        product_name: 'Blue shirt',
        items: [{ product_id: 'sku-1', product_name: 'Blue shirt', price: 19.9, quantity: 2 }],
      })
    }
    expect(shop.faults).toEqual([])
  })
})

describe('a Shopify storefront', () => {
  const dispatch = (type: string, payload: string) =>
    `document.body.dispatchEvent(Object.assign(new Event('shopify:${type}', { bubbles: true }), ${payload}))`
  const product = `{ id: 'gid://shopify/Product/7', title: 'Blue shirt', handle: 'blue',
    selectedVariant: { id: 'gid://shopify/ProductVariant/70', title: 'L', price: { amount: '19.90', currencyCode: 'EUR' } } }`
  const add = (promise: string, context = 'product', action = 'add', variant = 70) =>
    dispatch(
      'cart:lines-update',
      `{ action: '${action}', context: '${context}', promise: ${promise},
         lines: [{ merchandiseId: 'gid://shopify/ProductVariant/${variant}', quantity: 2 }] }`,
    )

  beforeEach(async () => {
    const tab = await open('Shopify = {}')
    const response = await tab.waitForResponse((answer) => answer.url().includes('weir-shopify.js'))
    expect(response.status()).toBe(200)
    await sleep(200)
    await tab.evaluate(dispatch('page:view', '{}'))
    shopTab = tab
  })
  let shopTab: Page

  it('tells of a product view, but not of cards in a list', async () => {
    await shopTab.evaluate(
      dispatch('product:view', `{ context: 'collection', product: ${product} }`),
    )
    await shopTab.evaluate(dispatch('product:view', `{ context: 'page', product: ${product} }`))
    const stored = await told(1)
    expect(stored.map(({ name }) => name)).toEqual(['product_view'])
    expect(stored[0]?.properties).toMatchObject({
      product_id: '7',
      product_name: 'Blue shirt',
      variant: 'L',
      price: '19.90',
      currency: 'EUR',
    })
  })

  it('tells of an added line once the cart has taken it, as the product that is viewed', async () => {
    await shopTab.evaluate(`
      ${dispatch('product:view', `{ context: 'page', product: ${product} }`)}
      ${add('Promise.reject(new Error("away"))')}
      ${add('Promise.resolve({ cart: null })')}
      ${add('Promise.resolve({ cart: {}, userErrors: [{ message: "sold out" }] })')}
      ${add('Promise.resolve({ cart: {} })', 'cart', 'update')}
      ${add('new Promise((done) => setTimeout(done, 300, { cart: {} }))')}`)
    const stored = await told(2)
    await sleep(700)
    expect((await told(2)).map(({ name }) => name)).toEqual(['product_view', 'add_to_cart'])
    expect(stored[1]?.properties.items).toEqual([
      expect.objectContaining({ product_id: '7', product_name: 'Blue shirt', quantity: 2 }),
    ])
    expect(shop.faults).toEqual([])
  })

  it('tells of what was added elsewhere by its variant', async () => {
    const taken = 'Promise.resolve({ cart: {} })'
    await shopTab.evaluate(`
      ${add(taken)}
      ${dispatch('product:view', `{ context: 'page', product: ${product} }`)}
      ${add(taken, 'standard-action', 'add', 71)}
      ${add(taken, 'standard-action')}`)
    const stored = (await told(4)).filter(({ name }) => name === 'add_to_cart')
    expect(stored.map(({ properties }) => properties.items)).toEqual([
      [{ product_id: '70', quantity: 2 }],
      [{ product_id: '71', quantity: 2 }],
      [expect.objectContaining({ product_id: '7', product_name: 'Blue shirt', quantity: 2 })],
    ])
  })
})

it('WooCommerce: what jQuery hears was added is ours', async () => {
  shop.pages['/'] = page(
    'shop',
    `<script>wc_add_to_cart_params = {}</script>${shop.tag()}`,
    '<button data-product_id="7" data-quantity="2">',
  )
  const tab = await shop.tab()
  const looked = tab.waitForResponse((answer) => answer.url().includes('weir-adopt.js'))
  await tab.goto(`${shop.url}/`)
  await looked
  await sleep(300)
  // jQuery comes last.
  await tab.evaluate(`jQuery = () => ({ on(type, heard) { window[type] = heard } }); 0`)
  await tab.waitForFunction('window.added_to_cart')
  await tab.evaluate(
    `added_to_cart({}, {}, 'hash', [document.querySelector('button')]); added_to_cart({})`,
  )
  const stored = await told(2)
  expect(stored.map(({ name }) => name)).toEqual(['add_to_cart', 'add_to_cart'])
  expect(stored[0]?.properties).toMatchObject({ product_id: '7', quantity: '2' })
})

describe('two sources', () => {
  const both = (ms: number) =>
    `weir('add_to_cart', { product_id: '7' }); setTimeout(() => dataLayer.push({ event: 'add_to_cart', items: [{ item_id: 'sku-1' }] }), ${ms})`

  it.each([
    [0, 1],
    [600, 1],
    [1_300, 2],
  ])('that report %d ms apart are %d', async (ms, count) => {
    const tab = await open('dataLayer = []')
    await tab.waitForFunction(layerAdopted)
    await tab.evaluate(both(ms))
    await sleep(ms + 1_000)
    expect((await told(count)).length).toBe(count)
  })

  it('are not one source that reports twice', async () => {
    const tab = await open('dataLayer = []')
    await tab.waitForFunction(layerAdopted)
    await tab.evaluate(`dataLayer.push({ event: 'add_to_cart' }, { event: 'add_to_cart' })`)
    expect((await told(2)).length).toBe(2)
  })
})

describe('what data layers of real shops hold', () => {
  const adopted = async (script: string): Promise<void> => {
    const tab = await open(script)
    await tab.waitForFunction(layerAdopted)
  }

  it('beside events: nothing, functions, texts, and lists that are none', async () => {
    await adopted(`dataLayer = [null, undefined, 'page', 7, function () { this.reset() }, [], { event: null },
      { ecommerce: null }, { event: 'view_item', ecommerce: null, items: { 0: 'none' } },
      { event: 'login', ecommerce: 'none' }]`)
    expect((await told(2)).map(({ name }) => name)).toEqual(['product_view', 'login'])
    expect(shop.faults).toEqual([])
  })

  it('numbers as text, products without an id, and no currency of their own', async () => {
    await adopted(`dataLayer = [{ ecommerce: null }, { event: 'add_to_cart', ecommerce: { currency: 'EUR', value: '1234.50',
      items: [{ item_name: 'Oak table', price: '1234.50', quantity: '1', item_category2: 'Tables', index: 0, discount: null }, null] } }]`)
    const [added] = await told(1)
    expect(added?.properties).toMatchObject({ currency: 'EUR', value: '1234.50' })
    expect(added?.properties.items).toEqual([
      {
        product_name: 'Oak table',
        price: '1234.50',
        quantity: '1',
        category2: 'Tables',
        index: 0,
      },
      {},
    ])
  })

  it('products by index, under the ids of another tag, and as gtag named them before GA4', async () => {
    await adopted(`dataLayer = [{ event: 'view_item', ecommerce: { currency: 'eur', new_customer: true, items: {
      0: { item_id: 'sku-1', item_name: 'Oak table', price: 0, id: 'woo_7', name: 'oak' },
      2: { id: 'sku-2', name: 'Elm table', list_name: 'Tables', quantity: '2' } } } }]`)
    const [viewed] = await told(1)
    expect(viewed?.properties).toMatchObject({ currency: 'EUR', new_customer: true })
    expect(viewed?.properties.items).toEqual([
      { product_id: 'sku-1', product_name: 'Oak table', price: 0 },
      { product_id: 'sku-2', product_name: 'Elm table', list_name: 'Tables', quantity: '2' },
    ])
  })

  it('an event told to gtag before it is configured, and one with numbers for ids', async () => {
    await adopted(`dataLayer = []; function gtag() { dataLayer.push(arguments) }
      gtag('event', 'purchase', { transaction_id: 10042, value: 59, currency: 'EUR', items: [{ item_id: 7 }], send_to: 'G-1' })
      gtag('js', new Date()); gtag('config', 'G-1', { send_page_view: false })`)
    const [purchase] = await told(1)
    expect(purchase?.properties).toMatchObject({ order_id: 10042, value: 59 })
    expect(shop.faults).toEqual([])
  })

  it.each([
    ['an object of the page', 'dataLayer = { page: { type: "product" } }'],
    ['an object that takes what is pushed', 'dataLayer = { push() {} }'],
    ['a text', 'dataLayer = "page"'],
    ['a frozen list', 'dataLayer = Object.freeze([{ event: "login" }])'],
  ])('%s in their place: nothing reaches the page, and views are told', async (_, script) => {
    const tab = await open(script)
    await tab.waitForResponse((answer) => answer.url().includes('weir-dataLayer.js'))
    await sleep(300)
    expect((await shop.names(1))[0]).toBe('view')
    expect(await tab.evaluate('Object.keys(dataLayer).includes("push")')).toBe(
      script.includes('push()'),
    )
    expect(shop.faults).toEqual([])
  })

  it.each([
    ['analytics', 'analytics = { on() { throw new Error("not mine") } }', 'segment'],
    ['jQuery', 'wc_add_to_cart_params = {}; jQuery = () => ({})', 'woo'],
  ])('another %s than is known: nothing reaches the page', async (_, script, plugin) => {
    // By an element of its own, as a pinned page names it: nobody catches what it throws.
    const file = `${storefront.proxy.url}/weir-${plugin}.js`
    await open(script, `<script src="${file}" crossorigin></script>`, 'data-adopt="off"')
    expect(await shop.names(1)).toEqual(['view'])
    await sleep(300)
    expect(shop.faults).toEqual([])
  })
})
