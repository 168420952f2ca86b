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

const told = async (count: number) => {
  await shop.names(count + 1)
  return (await shop.stored()).filter(({ name }) => name !== 'view')
}

/** Opens a page with this body, once the plugin is there. */
const open = async (body: string): Promise<Page> => {
  shop.pages['/'] = page('shop', shop.tag(), body)
  const tab = await shop.tab()
  const loaded = tab.waitForResponse((answer) => answer.url().includes('weir-elements.js'))
  await tab.goto(`${shop.url}/`)
  await loaded
  await sleep(200)
  return tab
}

describe('data-weir', () => {
  it('tells of a click, with its properties', async () => {
    const tab = await open(
      `<button id="b" data-weir="add_to_cart" data-weir-product-id="sku-1" data-weir-price="19.90" data-other="x"><b>Add</b></button><p>plain</p>`,
    )
    await tab.click('p')
    await tab.click('b')
    const [event] = await told(1)
    expect(event?.name).toBe('add_to_cart')
    expect(event?.properties).toMatchObject({
      product_id: 'sku-1',
      price: '19.90',
      told_by: 'element',
    })
    expect(event?.properties).not.toHaveProperty('other')
  })

  it('tells of the keyboard, inside SVG and shadow roots, and where clicks are stopped', async () => {
    const tab = await open(`
      <button id="key" data-weir="key">Key</button>
      <svg width="20" height="20"><g data-weir="svg"><rect id="svg" width="20" height="20"/></g></svg>
      <x-card></x-card>
      <div onclick="event.stopPropagation()"><button id="stopped" data-weir="stopped">Stopped</button></div>
      <script>
        const root = document.querySelector('x-card').attachShadow({ mode: 'open' })
        const button = document.createElement('button')
        button.textContent = button.dataset.weir = 'shadow'
        root.append(button)
      </script>`)
    await tab.focus('#key')
    await tab.keyboard.press('Enter')
    await tab.click('#svg')
    await tab.click('x-card')
    await tab.click('#stopped')
    expect((await told(4)).map(({ name }) => name)).toEqual(['key', 'svg', 'shadow', 'stopped'])
    expect(shop.faults).toEqual([])
  })

  it('tells of a form when it is submitted, and of nothing when it is only clicked', async () => {
    const tab = await open(
      `<form action="/next" data-weir="sign_up" data-weir-plan="pro"><input id="i"><button>Go</button></form>`,
    )
    await tab.click('#i')
    await sleep(100)
    await Promise.all([tab.waitForNavigation(), tab.click('button')])
    await shop.names(3)
    const [event, more] = await told(1)
    expect(event?.properties).toMatchObject({ plan: 'pro' })
    expect(more).toBeUndefined()
  })

  it('delivers the click on a link that leaves, and never prevents it', async () => {
    const tab = await open(`<a href="/next" data-weir="add_to_cart">Add and go</a>`)
    await Promise.all([tab.waitForNavigation(), tab.click('a')])
    expect(new URL(tab.url()).pathname).toBe('/next')
    await shop.names(3)
    expect((await told(1)).map(({ name }) => name)).toEqual(['add_to_cart'])
  })

  it('tells of a product view when it is first seen, once, and not when it is clicked', async () => {
    const tab = await open(`
      <div style="height: 3000px">far</div>
      <div id="one" data-weir="product_view" data-weir-product-id="sku-1">One</div>`)
    await sleep(700)
    expect(await told(0)).toEqual([])
    await tab.evaluate(`document.querySelector('#one').scrollIntoView()`)
    await told(1)
    await tab.evaluate(`scrollTo(0, 0)`)
    await tab.click('#one')
    await tab.evaluate(`{ const two = document.createElement('p'); two.textContent = 'two'
      two.setAttribute('data-weir', 'product_view'); two.setAttribute('data-weir-product-id', 'sku-2'); document.body.append(two); two.scrollIntoView() }`)
    expect((await told(2)).map(({ properties }) => properties.product_id)).toEqual([
      'sku-1',
      'sku-2',
    ])
  })

  it('is found where it comes late', async () => {
    shop.pages['/'] = page('shop', shop.tag(), '<div id="app"></div>')
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    const loaded = tab.waitForResponse((answer) => answer.url().includes('weir-elements.js'))
    await tab.evaluate(
      `{ const button = document.createElement('button'); button.dataset.weir = 'late'; app.append(button) }`,
    )
    await loaded
    await sleep(200)
    await tab.click('button')
    expect((await told(1)).map(({ name }) => name)).toEqual(['late'])
  })
})

describe('a page that describes products for search engines', () => {
  const product = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    sku: 'sku-1',
    name: 'Blue shirt',
    brand: { '@type': 'Brand', name: 'Weir' },
    offers: { '@type': 'Offer', price: '19.90', priceCurrency: 'EUR' },
  }
  const describing = (...described: unknown[]) =>
    described
      .map((one) => `<script type="application/ld+json">${JSON.stringify(one)}</script>`)
      .join('')

  const show = async (body: string, script = ''): Promise<Page> => {
    shop.pages['/'] = page('shop', `<script>${script}</script>${shop.tag()}`, body)
    return shop.open('/')
  }

  it.each([
    ['one product', describing(product)],
    ['one in a graph', describing({ '@graph': [{ '@type': 'Organization' }, product] })],
    [
      'one beside broken text',
      `<script type="application/ld+json">{</script>${describing([product])}`,
    ],
    ['one beside nulls', describing(null, { '@graph': [null, product] }, { '@graph': null })],
    [
      'a group of variants, as Shopify writes it',
      describing({
        ...{ ...product, '@type': 'ProductGroup', sku: undefined, productGroupID: 'sku-1' },
        ...{ offers: undefined, hasVariant: [product, product] },
      }),
    ],
    [
      'one with its price a level deeper, as WooCommerce writes it',
      describing({
        ...{ ...product, '@type': ['Product', 'Book'] },
        offers: [{ priceSpecification: [{ price: '19.90', priceCurrency: 'EUR' }] }],
      }),
    ],
  ])('%s: it was viewed', async (_, body) => {
    await show(body)
    const [event] = await told(1)
    expect(event?.name).toBe('product_view')
    expect(event?.properties).toMatchObject({
      product_id: 'sku-1',
      product_name: 'Blue shirt',
      brand: 'Weir',
      price: '19.90',
      currency: 'EUR',
    })
    expect(shop.faults).toEqual([])
  })

  it('one with nothing but a name: it was viewed, and nothing is thrown at the page', async () => {
    await show(describing({ ...{ '@type': 'Product', name: 'Book' }, brand: null, offers: null }))
    expect((await told(1)).map(({ properties }) => properties.product_id)).toEqual(['Book'])
    expect(shop.faults).toEqual([])
  })

  it('one that is bought at once: it was viewed before', async () => {
    const buy = `<button onclick="weir('add_to_cart')">Buy</button>`
    const free = { ...product, offers: { price: 0, lowPrice: 5 } }
    const tab = await show(`${describing(free)}${buy}`)
    await tab.waitForResponse((response) => response.url().endsWith('weir-described.js'))
    await sleep(300)
    await tab.click('button')
    const stored = await told(2)
    expect(stored.map(({ name }) => name)).toEqual(['product_view', 'add_to_cart'])
    expect(stored[0]?.properties.price).toBe(0)
  })

  it.each([
    ['two products', describing(product, product), ''],
    ['none', describing({ '@type': 'Organization' }), ''],
    ['one, inside a list', describing({ '@type': 'ItemList', itemListElement: [product] }), ''],
  ])('%s: nobody viewed it', async (_, body, script) => {
    await show(body, script)
    await sleep(3_500)
    expect(await told(0)).toEqual([])
  })

  it('one that the page itself told of: viewed once', async () => {
    const tab = await show(describing(product), `weir('product_view', { product_id: 'own' })`)
    await sleep(3_500)
    expect((await told(1)).map(({ properties }) => properties.product_id)).toEqual(['own'])

    await tab.evaluate(`history.pushState({}, '', '/p/2')`)
    await sleep(6_000)
    expect((await told(2)).map(({ properties }) => properties.product_id)).toEqual(['own', 'sku-1'])
  })
})
