import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasDebian } from './browser.ts'
import { page, type Shop, type Storefront, sleep, startStorefront } from './storefront.ts'

/** Only Debian's chromium has a back/forward cache when driven. */
describe.runIf(hasDebian)('a page that comes back from the back/forward cache', () => {
  let storefront: Storefront
  let shop: Shop
  beforeAll(async () => {
    storefront = await startStorefront('debian')
  })
  beforeEach(async () => {
    shop = await storefront.newShop()
  })
  afterAll(() => storefront.stop())

  it('is viewed again, in the same stream, and is no arrival', async () => {
    const tab = await shop.open('/one')
    await tab.evaluate(`addEventListener('pageshow', (event) => { restored = event.persisted })`)
    await shop.names(1)
    await sleep(200)
    await tab.goto(`${shop.url}/two`)
    await shop.names(2)
    await sleep(200)
    await tab.goBack()
    expect(await tab.evaluate('restored')).toBe(true)
    expect(await shop.names(3)).toEqual(['view', 'view', 'view'])
    const stored = await shop.stored()
    expect(stored.map(({ properties }) => properties.path)).toEqual(['/one', '/two', '/one'])
    expect(stored[2]?.stream).toBe(stored[0]?.stream)
    expect(stored.map(({ seq }) => seq)).toEqual([1, 1, 2])
    const last = JSON.parse(shop.seen().at(-1)!.body).events[0]
    expect(last.context.referrer).toBe(`${shop.url}/one`)
  })

  it('delivers what was waiting when it was left', async () => {
    const tab = await shop.open('/one')
    await shop.names(1)
    storefront.proxy.weather = () => 'down'
    await tab.evaluate(`weir('add_to_cart')`)
    await tab.goto(`${shop.url}/two`)
    storefront.proxy.weather = () => 'pass'
    await tab.goBack()
    await sleep(6_000)
    expect((await shop.names(4)).sort()).toEqual(['add_to_cart', 'view', 'view', 'view'])
  })

  it('is a thank-you page with a view more, and no second purchase', async () => {
    shop.pages['/thanks'] = page(
      'thanks',
      `<script>weir('purchase', { order_id: 'o-1' })</script>${shop.tag()}`,
    )
    const tab = await shop.open('/thanks')
    await tab.evaluate(`addEventListener('pageshow', (event) => { restored = event.persisted })`)
    await shop.names(2)
    await sleep(200)
    await tab.goto(`${shop.url}/two`)
    await shop.names(3)
    await sleep(200)
    await tab.goBack()
    expect(await tab.evaluate('restored')).toBe(true)
    await shop.names(4)
    await tab.reload()
    await shop.names(5)
    await sleep(500)
    expect((await shop.names(5)).sort()).toEqual(['purchase', 'view', 'view', 'view', 'view'])
  })

  it('works with everything adopted', async () => {
    shop.pages['/one'] = page(
      'one',
      `<script>dataLayer = []</script>${shop.tag()}`,
      '<button data-weir="add_to_cart">Add</button>',
    )
    const tab = await shop.open('/one')
    await tab.evaluate(`addEventListener('pageshow', (event) => { restored = event.persisted })`)
    await tab.waitForFunction('dataLayer.push !== Array.prototype.push')
    await sleep(500)
    await tab.goto(`${shop.url}/two`)
    await sleep(500)
    await tab.goBack()
    expect(await tab.evaluate('restored')).toBe(true)
    await tab.click('button')
    await tab.evaluate(`dataLayer.push({ event: 'login' })`)
    expect((await shop.names(5)).slice(3)).toEqual(['add_to_cart', 'login'])
  })
})
