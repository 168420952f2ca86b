import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { page, type Shop, type Storefront, sleep, startStorefront, until } from './storefront.ts'

let storefront: Storefront
let shop: Shop
beforeAll(async () => {
  storefront = await startStorefront()
})
beforeEach(async () => {
  shop = await storefront.newShop()
})
afterAll(() => storefront.stop())

/** A clock that stands `ms` away, so that nobody waits for what a page writes to become a leftover. */
const atClock = (ms: number): string =>
  `<script>{ const now = Date.now; Date.now = () => now() + ${ms} }</script>`

const waitingItems = 'Object.keys(localStorage).filter((key) => key.startsWith("weir:")).length'

describe('in fair weather', () => {
  it('tells every event of a page once, with its place', async () => {
    const tab = await shop.open('/p/blue-shirt?utm_source=news')
    await tab.evaluate(`
      weir('product_view', { product_id: 'sku-1', price: 19.9 })
      weir('chat', { chat_provider: 'crisp' })
      weir('add_to_cart', { product_id: 'sku-1' })
      weir('purchase', { order_id: 'o-1', value: 19.9, currency: 'EUR' })
      weir('wished for it')
      weir('identify', 'member-7')
    `)
    expect(await shop.names(7)).toEqual([
      'view',
      'product_view',
      'chat',
      'add_to_cart',
      'purchase',
      'wished for it',
      'identify',
    ])
    const stored = await shop.stored()
    expect(stored.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(new Set(stored.map(({ at }) => at)).size).toBe(7)
    expect(new Set(stored.map(({ stream }) => stream)).size).toBe(1)
    expect(new Set(stored.map(({ visitor_id }) => visitor_id)).size).toBe(1)
    expect(stored[0]?.properties).toMatchObject({
      path: '/p/blue-shirt',
      title: '/p/blue-shirt',
      utm_source: 'news',
      screen: '800x600',
      language: 'en-US',
    })
    expect(stored[1]?.properties).toMatchObject({ product_id: 'sku-1', price: 19.9 })
    expect(stored[6]?.properties).toMatchObject({ member_id: 'member-7' })
    expect(stored[0]?.properties).not.toHaveProperty('cookieless')
    await tab.waitForFunction(`${waitingItems} === 0`)
    expect(shop.faults).toEqual([])
  })

  it('replays calls made before the file had loaded, with their own time, after the view', async () => {
    const late = `<script>
      weir('product_view'); setTimeout(() => { called = Date.now(); weir('add_to_cart') }, 150)
      setTimeout(() => { const tag = document.createElement('script')
        tag.src = '${storefront.proxy.url}/weir.js?key=${shop.key}'; document.head.append(tag) }, 400)
    </script>`
    shop.pages['/late'] = page('late', late)
    const tab = await shop.open('/late')
    expect(await shop.names(3)).toEqual(['view', 'product_view', 'add_to_cart'])
    const [view, product, cart] = await shop.stored()
    expect(product!.at - view!.at).toBe(1)
    expect(cart!.at - Number(await tab.evaluate('called'))).toBeLessThan(20)
    expect(cart!.at - product!.at).toBeGreaterThanOrEqual(145)
  })

  it('gathers events for 400 ms, and sends a purchase at once', async () => {
    const tab = await shop.open('/')
    await tab.waitForFunction(`window.weir && weir.told && ${waitingItems} === 0`)
    const sentAfter = (calls: string) =>
      tab.evaluate(`new Promise((sent) => {
        const real = fetch
        const since = performance.now()
        window.fetch = (...given) => {
          window.fetch = real
          sent(performance.now() - since)
          return real(...given)
        }
        ${calls}
      })`)
    expect(await sentAfter(`weir('product_view'); weir('chat')`)).toBeGreaterThan(395)
    await tab.waitForFunction(`${waitingItems} === 0`)
    expect(await sentAfter(`weir('purchase', { order_id: 'o-1' })`)).toBeLessThan(390)
    expect(await shop.names(4)).toEqual(['view', 'product_view', 'chat', 'purchase'])
    expect(shop.seen().length).toBe(3)
  })

  it('gives a receipt for each event', async () => {
    const tab = await shop.open('/')
    const results = await tab.evaluate(`Promise.all([
      new Promise((done) => weir('chat', {}, done)),
      new Promise((done) => weir('purchase', { value: 1 }, done)),
    ])`)
    expect(results).toEqual([
      { stored: true },
      expect.objectContaining({ stored: false, code: 'order_id_required' }),
    ])
  })

  it('delivers what was called as a link was followed', async () => {
    shop.pages['/cart'] = page(
      'cart',
      shop.tag(),
      `<a href="/checkout" onclick="weir('add_to_cart')">add</a>`,
    )
    shop.pages['/checkout'] = '<!doctype html>no tag here'
    const tab = await shop.open('/cart')
    await tab.waitForFunction('weir.told')
    await Promise.all([tab.waitForNavigation(), tab.click('a')])
    expect(await shop.names(2)).toEqual(['view', 'add_to_cart'])
  })

  it('delivers the events of a closed tab', async () => {
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`weir('add_to_cart')`)
    await tab.close({ runBeforeUnload: true })
    expect(await shop.names(2)).toEqual(['view', 'add_to_cart'])
    expect(shop.seen().some(({ beacon }) => beacon)).toBe(true)
  })

  it('asks for an answer after a beacon, when the page was only hidden', async () => {
    const tab = await shop.open('/')
    await shop.names(1)
    // Stored, and the page knows it.
    await tab.waitForFunction(`${waitingItems} === 0`)
    // At once: hidden before the event goes by itself.
    const waiting = await tab.evaluate(`weir('add_to_cart')
      Object.defineProperty(document, 'hidden', { value: true })
      document.dispatchEvent(new Event('visibilitychange'))
      ${waitingItems}`)
    expect(waiting).toBe(1)
    expect(await shop.names(2)).toEqual(['view', 'add_to_cart'])
    await tab.waitForFunction(`${waitingItems} === 0`)
    expect(await shop.names(2)).toEqual(['view', 'add_to_cart'])
  })
})

describe('in bad weather', () => {
  it('keeps events while the server is down, and sends them from the next page', async () => {
    storefront.proxy.weather = () => 'down'
    const tab = await shop.open('/one')
    await tab.evaluate(`weir('add_to_cart')`)
    await until(() => shop.seen().length > 0)
    await tab.goto('about:blank')
    expect(await shop.stored()).toEqual([])
    storefront.proxy.weather = () => 'pass'
    shop.pages['/two'] = page('/two', atClock(6_000) + shop.tag())
    await tab.goto(`${shop.url}/two`)
    expect(await shop.names(3)).toEqual(['view', 'add_to_cart', 'view'])
    const [first, , last] = await shop.stored()
    expect(first!.properties.path).toBe('/one')
    expect(last!.properties.path).toBe('/two')
    expect(last!.stream).not.toBe(first!.stream)
    expect(last!.visitor_id).toBe(first!.visitor_id)
    await tab.waitForFunction(`${waitingItems} === 0`)
  })

  const DAY_MS = 864e5
  it.each([
    ['hang', 6_000],
    ['mute', 6_000],
    ['cut', 2 * DAY_MS],
    // Nothing is stored yet: the next page must take it for a leftover.
    ['down', -2 * DAY_MS],
  ] as const)(
    'tells every event once when the server answers "%s", the tab is closed, and the clock of the next page stands %d ms away',
    async (weather, ms) => {
      storefront.proxy.weather = () => weather
      const tab = await shop.open('/one')
      await tab.evaluate(`weir('add_to_cart')`)
      await tab.evaluate(`weir('purchase', { order_id: 'o-1' })`)
      await until(() => shop.seen().length > 0)
      await tab.close()
      // The beacon of the closed tab meets the same weather.
      await sleep(500)
      storefront.proxy.weather = () => 'pass'
      shop.pages['/two'] = page('two', atClock(ms) + shop.tag())
      await shop.open('/two')
      expect((await shop.names(4)).sort()).toEqual(['add_to_cart', 'purchase', 'view', 'view'])
    },
  )

  it.each([500, 503, 408, 425, 200])('tries again after a %d', async (status) => {
    storefront.proxy.weather = () => (shop.seen().length > 1 ? 'pass' : { status })
    await shop.open('/')
    expect(await shop.names(1)).toEqual(['view'])
    const [first, second] = shop.seen()
    expect(second!.at - first!.at).toBeGreaterThan(900)
  })

  it('waits as long as a 429 asks, for purchases too', async () => {
    storefront.proxy.weather = () => (shop.seen().length > 1 ? 'pass' : { status: 429, after: 3 })
    const tab = await shop.open('/')
    await until(() => shop.seen().length > 0)
    await tab.evaluate(`weir('purchase', { order_id: 'o-1' })`)
    expect(await shop.names(2)).toEqual(['view', 'purchase'])
    const [first, second] = shop.seen()
    expect(second!.at - first!.at).toBeGreaterThan(2_900)
  })

  it('splits what is too large for a server, and gives up one event that still is', async () => {
    const eventsOf = (body: string): { name: string }[] => JSON.parse(body).events
    storefront.proxy.weather = ({ body }) => {
      const events = eventsOf(body)
      return events.length > 2 || events.some(({ name }) => name === 'huge')
        ? { status: 413 }
        : 'pass'
    }
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    const result = await tab.evaluate(`new Promise((done) => {
      for (const name of ['a', 'b', 'c', 'd', 'e']) weir(name)
      weir('huge', {}, done)
      weir('f')
    })`)
    expect(result).toMatchObject({ stored: false, code: '413' })
    expect(await shop.names(7)).toEqual(['view', 'a', 'b', 'c', 'd', 'e', 'f'])
    await tab.waitForFunction(`${waitingItems} === 0`)
  })

  it('takes any other 4xx for an answer', async () => {
    storefront.proxy.weather = () => ({ status: 403 })
    const tab = await shop.open('/')
    const result = await tab.evaluate(`new Promise((done) => weir('chat', {}, done))`)
    expect(result).toMatchObject({ stored: false, code: '403' })
    await sleep(2_500)
    expect(shop.seen().length).toBe(1)
    expect(await tab.evaluate(waitingItems)).toBe(0)
  })

  it('sends a large batch of letters of three bytes each, by beacon too', async () => {
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(
      `for (let n = 0; n < 40; n++) weir('customer ' + n, { text: '語'.repeat(1000) })`,
    )
    await tab.close({ runBeforeUnload: true })
    const beacons = () => shop.seen().filter(({ beacon }) => beacon)
    // All in one would be refused by the browser, and only the next page would tell of them.
    await until(() => beacons().length > 0)
    for (const { body } of beacons()) expect(Buffer.byteLength(body)).toBeLessThan(60_000)
    expect(beacons().length).toBeGreaterThan(0)
    shop.pages['/two'] = page('two', atClock(6_000) + shop.tag())
    await shop.open('/two')
    expect((await shop.names(42)).length).toBe(42)
  })

  it('keeps at most 64,000 characters, purchases before others', async () => {
    storefront.proxy.weather = () => 'down'
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`weir('purchase', { order_id: 'o-1' })
      for (let n = 0; n < 300; n++) weir('event ' + n)`)
    const kept = `Object.keys(localStorage).filter((key) => key.startsWith('weir:'))
      .map((key) => localStorage[key])`
    const items: string[] = JSON.parse(String(await tab.evaluate(`JSON.stringify(${kept})`)))
    expect(items.join().length).toBeLessThan(64_000)
    const names: string[] = items.map((item) => JSON.parse(item).name)
    expect(names).toContain('purchase')
    expect(names).toContain('event 299')
    expect(names).not.toContain('event 0')
    expect(names).not.toContain('view')
  })

  it('keeps no more over many pages that tell of one event each', async () => {
    storefront.proxy.weather = () => 'down'
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told.length')
    // As if as many pages had each left what it told of.
    await tab.evaluate(`const [item] = weir.told[0]
      for (let n = 0; n < 200; n++) {
        const id = item.slice(7, 40) + String(100 + n)
        localStorage['weir:' + id] = item.slice(0, 7) + id + item.slice(43).replace(/"at":\\d+/, '"at":' + (Date.now() - 60_000))
      }`)
    await shop.open('/two')
    await tab.waitForFunction(
      `Object.keys(localStorage).filter((key) => key.startsWith('weir:')).map((key) => localStorage[key]).join().length < 64_000`,
      { timeout: 10_000 },
    )
  })
})

describe('with several tabs', () => {
  it('tells what five tabs did, once', async () => {
    // Who opens a shop for the first time in several tabs at once may be several visitors: browsers bring
    // storage and cookies from one renderer to another a moment later.
    await shop.open('/')
    await shop.names(1)
    const tabs = await Promise.all([1, 2, 3, 4, 5].map((n) => shop.open(`/${n}`)))
    await Promise.all(tabs.map((tab, n) => tab.evaluate(`weir('tab ${n}')`)))
    expect((await shop.names(11)).sort()).toEqual([
      'tab 0',
      'tab 1',
      'tab 2',
      'tab 3',
      'tab 4',
      ...Array(6).fill('view'),
    ])
    const stored = await shop.stored()
    expect(new Set(stored.map(({ visitor_id }) => visitor_id)).size).toBe(1)
    expect(new Set(stored.map(({ stream }) => stream)).size).toBe(6)
  })

  it('tells once what a tab did that was closed while its request was under way', async () => {
    const tabs = await Promise.all([1, 2, 3, 4, 5].map((n) => shop.open(`/${n}`)))
    await shop.names(5)
    storefront.proxy.weather = ({ body, beacon }) =>
      body.includes('"tab 0"') || beacon ? 'hang' : 'pass'
    await Promise.all(tabs.map((tab, n) => tab.evaluate(`weir('tab ${n}')`)))
    await until(() => shop.seen().some(({ body }) => body.includes('"tab 0"')))
    await tabs[0]?.close()
    await shop.names(9)
    storefront.proxy.weather = () => 'pass'
    await sleep(5_000)
    await tabs[1]?.evaluate(`weir('later')`)
    expect((await shop.names(11)).slice(5).sort()).toEqual([
      'later',
      'tab 0',
      'tab 1',
      'tab 2',
      'tab 3',
      'tab 4',
    ])
  })
})
