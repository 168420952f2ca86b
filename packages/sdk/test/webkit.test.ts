import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { howLong } from '../../how-long.ts'
import { page, type Shop, type Storefront, sleep, startStorefront, until } from './storefront.ts'
import { ALL_TOLD, live, longestMs, loseNothing, random, type Shopper } from './weather.ts'
import { hasWebKit, launchWebKit, type WebKit } from './webkit.ts'

const TABS = howLong(5)

/** Needs Debian's `webkit2gtk-driver` and `xvfb`. */
describe.runIf(hasWebKit)('in WebKit, if webkit2gtk-driver and xvfb are installed', () => {
  let storefront: Storefront
  let webkit: WebKit
  let shop: Shop
  beforeAll(async () => {
    storefront = await startStorefront()
    webkit = await launchWebKit()
  }, 60_000)
  beforeEach(async () => {
    shop = await storefront.newShop()
  })
  afterAll(async () => {
    await webkit.stop()
    await storefront.stop()
  })

  /** A page that notes its errors; without the script's host, whose errors say nothing. */
  const noting = (title: string): string =>
    page(
      title,
      `<script>faults = []; addEventListener('error', (event) => faults.push(event.message), true)
        addEventListener('unhandledrejection', (event) => faults.push(String(event.reason)))</script>${shop.tag('crossorigin')}`,
    )

  const open = async (path: string): Promise<void> => {
    shop.pages[path] = noting(path)
    await webkit.goto(shop.url + path)
    await until(async () => Boolean(await webkit.evaluate('return !!(window.weir && weir.told)')))
  }

  const faults = (): Promise<unknown> => webkit.evaluate('return faults')

  it('every event of a page is told once, by one visitor over two pages', async () => {
    await open('/one')
    await webkit.evaluate(
      `weir('add_to_cart', { product_id: 'sku-1' }); weir('purchase', { order_id: 'o-1' })`,
    )
    await shop.names(3)
    await open('/two')
    expect(await shop.names(4)).toEqual(['view', 'add_to_cart', 'purchase', 'view'])
    const stored = await shop.stored()
    expect(new Set(stored.map(({ visitor_id }) => visitor_id)).size).toBe(1)
    expect(stored[0]?.properties).toMatchObject({ path: '/one', browser: 'Safari' })
    expect(await faults()).toEqual([])
  })

  it('what a page could not say as it was left, the next page says, once', async () => {
    storefront.proxy.weather = () => 'hang'
    await open('/one')
    await webkit.evaluate(`weir('add_to_cart'); weir('purchase', { order_id: 'o-1' })`)
    await until(() => shop.seen().length > 0)
    expect(await faults()).toEqual([])
    await webkit.goto('about:blank')
    await sleep(5_500)
    expect(await shop.stored()).toEqual([])
    storefront.proxy.weather = () => 'pass'
    await open('/two')
    expect((await shop.names(4)).sort()).toEqual(['add_to_cart', 'purchase', 'view', 'view'])
    await sleep(1_500)
    expect((await shop.names(4)).length).toBe(4)
    expect(await faults()).toEqual([])
  })

  // One shopper: all tabs share a storage. Killing a renderer would end the session of the driver.
  it(
    `nothing is lost or repeated of ${TABS} tabs that are left or closed`,
    async () => {
      const shopper: Shopper = {
        liveAndDie: (url) =>
          webkit.inTab(async () => {
            await webkit.goto(url)
            await live()
            const called: string[] = JSON.parse(
              `${await webkit.evaluate('return JSON.stringify(called)')}`,
            )
            if (random() < 0.5) await webkit.goto('about:blank')
            return called
          }),
        comeBack: async (url) => {
          await webkit.goto(url)
          await until(async () => Boolean(await webkit.evaluate(`return ${ALL_TOLD}`)))
        },
      }
      await loseNothing(storefront, shop, TABS, async () => shopper)
    },
    longestMs(TABS),
  )

  it('a single-page application is viewed at each new path', async () => {
    await open('/')
    await webkit.evaluate(`history.pushState({}, '', '/p/1'); weir('product_view')`)
    await shop.names(3)
    await webkit.evaluate(`history.pushState({}, '', '/p/2')`)
    expect(await shop.names(4)).toEqual(['view', 'view', 'product_view', 'view'])
    expect(await faults()).toEqual([])
  })

  it('what was called just before a navigation arrives', async () => {
    await open('/one')
    await shop.names(1)
    await webkit.evaluate(`weir('add_to_cart'); location.href = '/plain'`)
    shop.pages['/plain'] = '<!doctype html>no tag here'
    expect(await shop.names(2)).toEqual(['view', 'add_to_cart'])
  })
})
