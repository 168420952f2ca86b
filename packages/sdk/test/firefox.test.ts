import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { howLong } from '../../how-long.ts'
import { hasFirefox } from './browser.ts'
import { page, type Shop, type Storefront, sleep, startStorefront } from './storefront.ts'
import { longestMs, loseNothing, puppeteerShoppers, random } from './weather.ts'

const TABS = howLong(5)

/** What may differ between browsers: storage, beacons, navigation, modules, patched parts. */
describe.runIf(hasFirefox)('in Firefox', () => {
  let storefront: Storefront
  let shop: Shop
  beforeAll(async () => {
    storefront = await startStorefront('firefox')
  })
  beforeEach(async () => {
    shop = await storefront.newShop()
  })
  afterAll(() => storefront.stop())

  it('every event of a page is told once, by one visitor over two pages', async () => {
    const tab = await shop.open('/one?utm_source=news')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(
      `weir('product_view', { product_id: 'sku-1' }); weir('purchase', { order_id: 'o-1' })`,
    )
    await shop.names(3)
    await tab.goto(`${shop.url}/two`)
    expect(await shop.names(4)).toEqual(['view', 'product_view', 'purchase', 'view'])
    const stored = await shop.stored()
    expect(new Set(stored.map(({ visitor_id }) => visitor_id)).size).toBe(1)
    expect(stored[0]?.properties).toMatchObject({
      path: '/one',
      utm_source: 'news',
      browser: 'Firefox',
    })
    expect(shop.faults).toEqual([])
  })

  it('a single-page application is viewed at each new path', async () => {
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`history.pushState({}, '', '/p/1'); weir('product_view')`)
    await sleep(800)
    await tab.evaluate(`history.pushState({}, '', '/p/2')`)
    await shop.names(4)
    const stored = await shop.stored()
    expect(stored.map(({ name, properties }) => `${name} ${properties.path}`)).toEqual([
      'view /',
      'view /p/1',
      'product_view /p/1',
      'view /p/2',
    ])
  })

  it('what a closed tab could not say, the next page says, once', async () => {
    storefront.proxy.weather = () => 'down'
    const tab = await shop.open('/one')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`weir('add_to_cart'); weir('purchase', { order_id: 'o-1' })`)
    await tab.close()
    await sleep(5_500)
    storefront.proxy.weather = () => 'pass'
    await shop.open('/two')
    expect((await shop.names(4)).sort()).toEqual(['add_to_cart', 'purchase', 'view', 'view'])
    await sleep(1_000)
    expect((await shop.names(4)).length).toBe(4)
  })

  it(
    `nothing is lost or repeated of ${TABS} tabs that are left or closed`,
    async () => {
      const end = async (tab: Page): Promise<void> => {
        if (random() < 0.5) await tab.goto(`${shop.url}/left`)
        await tab.close()
      }
      shop.pages['/left'] = '<!doctype html>no tag here'
      await loseNothing(storefront, shop, TABS, puppeteerShoppers(storefront.browser, shop, end))
    },
    longestMs(TABS),
  )

  it.each([
    [
      'storage that throws',
      `Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })`,
    ],
    ['no crypto', `Object.defineProperty(window, 'crypto', { value: undefined })`],
    [
      'cookies that throw',
      `Object.defineProperty(document, 'cookie', { get() { throw 1 }, set() { throw 1 } })`,
    ],
  ])('%s does not stop it', async (_, patch) => {
    shop.pages['/'] = page('patched', `<script>${patch}</script>${shop.tag()}`)
    const tab = await shop.open('/')
    await tab.waitForFunction('window.weir && weir.told')
    await tab.evaluate(`weir('add_to_cart')`)
    expect(await shop.names(2)).toEqual(['view', 'add_to_cart'])
    expect(shop.faults).toEqual([])
  })

  it('the data layer and attributes are adopted', async () => {
    shop.pages['/'] = page(
      'shop',
      `<script>dataLayer = [{ event: 'view_item', items: [{ item_id: 'sku-1' }] }]</script>${shop.tag()}`,
      '<button data-weir="add_to_cart" data-weir-product-id="sku-1">Add</button>',
    )
    const tab = await shop.open('/')
    await shop.names(2)
    await sleep(500)
    await tab.click('button')
    expect(await shop.names(3)).toEqual(['view', 'product_view', 'add_to_cart'])
    expect(shop.faults).toEqual([])
  })
})
