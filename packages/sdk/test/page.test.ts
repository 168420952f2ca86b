import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startFolderShop } from './own-folder.ts'
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

describe('whatever is missing or patched, nothing reaches the page, and events arrive', () => {
  const patches = {
    'storage that throws': `Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })`,
    'no storage': `Object.defineProperty(window, 'localStorage', { value: null })`,
    'full storage': `localStorage.filler = 'x'.repeat(5 * 1024 * 1024 - 10)`,
    'cookies that throw': `Object.defineProperty(document, 'cookie', { get() { throw 1 }, set() { throw 1 } })`,
    'no crypto': `Object.defineProperty(window, 'crypto', { value: undefined })`,
    'no Intl': `Object.defineProperty(window, 'Intl', { value: undefined })`,
    'no Navigation API': `delete window.navigation`,
    'no beacons': `Object.defineProperty(navigator, 'sendBeacon', { value: undefined })`,
    'an element with id weir': `document.documentElement.id = 'weir'`,
    'a frozen Array and JSON': `Object.freeze(Array.prototype); Object.freeze(JSON)`,
    'a fetch that adds to requests': `const real = fetch; window.fetch = (url, more) => real(url, { ...more, redirect: 'follow' })`,
  }

  it.each(Object.entries(patches))('%s', async (_, patch) => {
    shop.pages['/'] = page('patched', `<script>${patch}</script>${shop.tag()}`)
    const tab = await shop.open('/')
    await tab.waitForFunction('window.weir && weir.told')
    await tab.evaluate(`weir('product_view', { product_id: 'sku-1' })`)
    await tab.evaluate(`weir('add_to_cart')`)
    expect(await shop.names(3)).toEqual(['view', 'product_view', 'add_to_cart'])
    expect(new Set((await shop.stored()).map(({ visitor_id }) => visitor_id)).size).toBe(1)
    expect(shop.faults).toEqual([])
  })

  it.each([
    ['throws', `window.fetch = () => { throw new Error('patched') }`],
    ['is missing', `window.fetch = undefined`],
    ['answers nonsense', `window.fetch = () => 7`],
  ])('a fetch that %s: a beacon delivers', async (_, patch) => {
    shop.pages['/'] = page('patched', `<script>${patch}</script>${shop.tag()}`)
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`weir('add_to_cart')`)
    await sleep(600)
    expect(shop.seen()).toEqual([])
    await tab.close({ runBeforeUnload: true })
    expect(await shop.names(2)).toEqual(['view', 'add_to_cart'])
    expect(shop.faults).toEqual([])
  })

  it('a page in a sandbox, where the browser itself denies storage and cookies', async () => {
    shop.headers['content-security-policy'] = 'sandbox allow-scripts'
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`weir('add_to_cart')`)
    expect(await shop.names(2)).toEqual(['view', 'add_to_cart'])
    expect(shop.faults).toEqual([])
  })

  it('a strict policy with Trusted Types', async () => {
    const origin = storefront.proxy.url
    shop.headers['content-security-policy'] =
      `default-src 'none'; script-src ${origin}; connect-src ${origin}; require-trusted-types-for 'script'; trusted-types 'none'`
    shop.pages['/'] = `<!doctype html><title>strict</title>${shop.tag()}`
    const tab = await shop.open('/')
    await tab.waitForFunction('window.weir && weir.told')
    await tab.evaluate(`weir('add_to_cart')`)
    expect(await shop.names(2)).toEqual(['view', 'add_to_cart'])
    expect(shop.faults).toEqual([])
  })

  it('storage that forgets to forget: an event is not sent for ever', async () => {
    const patch = 'Storage.prototype.removeItem = () => {}'
    shop.pages['/'] = page('patched', `<script>${patch}</script>${shop.tag()}`)
    await shop.open('/')
    await shop.names(1)
    await sleep(5_500)
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`weir('add_to_cart')`)
    await sleep(1_500)
    expect(shop.seen().length).toBeLessThan(5)
  })

  it('calls with nonsense', async () => {
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`
      weir(); weir(null, null, null); weir('visitor'); weir('visitor', 7); weir('big', { n: 10n })
      const loop = {}; loop.loop = loop; weir('loop', loop)
      weir('odd', 'text', 'not a function'); weir('throws', {}, () => { throw new Error('mine') })
      weir('last')
    `)
    await until(async () => (await shop.names(1)).includes('last'))
    expect(await shop.names(3)).toEqual(expect.arrayContaining(['view', 'throws', 'last']))
    await sleep(300)
    expect(shop.faults).toEqual([])
  })

  it('costs a page under 2 ms on a processor four times slower, once the browser is warm', async () => {
    const tab = await shop.tab()
    await tab.emulateCPUThrottling(4)
    const session = await tab.createCDPSession()
    await session.send('Profiler.enable')
    const times: number[] = []
    // The least, since other tests run on the same processors; again, until one had them to itself.
    for (let n = 0; n < 30 && Math.min(...times) >= 2; n++) {
      await session.send('Profiler.setSamplingInterval', { interval: 100 })
      await session.send('Profiler.start')
      await tab.goto(`${shop.url}/`)
      await tab.waitForFunction('weir.told')
      const { profile } = await session.send('Profiler.stop')
      const ours = new Set(
        profile.nodes
          .filter(({ callFrame }) => callFrame.url.includes('/weir.js'))
          .map(({ id }) => id),
      )
      const deltas = profile.timeDeltas ?? []
      const own = (profile.samples ?? []).reduce(
        (sum, id, n) => sum + (ours.has(id) ? (deltas[n] ?? 0) / 1000 : 0),
        0,
      )
      // Nothing sampled is nothing measured.
      if (own > 0) times.push(own)
    }
    console.log('own time of the tag at 4x slowdown, ms', times)
    expect(Math.min(...times)).toBeLessThan(2)
  })
})

it('costs a page some 0.1 ms for a call', async () => {
  const tab = await shop.open('/')
  await tab.waitForFunction('weir.told')
  const times: number[] = []
  // The least, and with room, since other tests run on the same processors: alone it is under 0.1.
  for (let n = 0; n < 30 && Math.min(...times) >= 0.3; n++) {
    // Ten at once, since the clock of a page stands still for 0.1 ms.
    const ms = await tab.evaluate(`{
      const since = performance.now()
      for (let n = 0; n < 10; n++) weir('add_to_cart', { product_id: 'sku-1', price: 19.9, currency: 'EUR' });
      (performance.now() - since) / 10
    }`)
    times.push(Number(ms))
    await tab.waitForFunction(`!Object.keys(localStorage).some((key) => key.startsWith('weir:'))`)
  }
  console.log('a call, ms', times)
  expect(Math.min(...times)).toBeLessThan(0.3)
})

describe('the tag', () => {
  it('is started once, however many tags a page has', async () => {
    shop.pages['/'] = page('twice', shop.tag() + shop.tag() + shop.tag())
    const tab = await shop.open('/')
    await sleep(300)
    await tab.evaluate(`weir('add_to_cart')`)
    await sleep(1_000)
    expect(await shop.names(2)).toEqual(['view', 'add_to_cart'])
  })

  it('finds itself when it runs without currentScript', async () => {
    shop.pages['/'] = page('module', shop.tag('type="module"'))
    await shop.open('/')
    expect(await shop.names(1)).toEqual(['view'])
  })

  it('takes key and host from data-attributes when it was moved', async () => {
    const { url } = storefront.proxy
    shop.pages['/'] = page(
      'moved',
      `<script src="${url}/weir.js?optimised" data-key="${shop.key}" data-host="${url}"></script>`,
    )
    await shop.open('/')
    expect(await shop.names(1)).toEqual(['view'])
  })

  it('takes both from weirConfig', async () => {
    const { url } = storefront.proxy
    shop.pages['/'] = page(
      'configured',
      `<script>weirConfig = { key: '${shop.key}', host: '${url}' }</script><script src="${url}/weir.js"></script>`,
    )
    await shop.open('/')
    expect(await shop.names(1)).toEqual(['view'])
  })

  it('is a module of npm, whose early calls wait', async () => {
    shop.pages['/sdk.js'] = await readFile(new URL('../dist/index.js', import.meta.url), 'utf8')
    shop.pages['/'] = `<!doctype html><title>npm</title><script type="module">
      import { start, weir } from '/sdk.js'
      weir('product_view', { product_id: 'sku-1' })
      start({ key: '${shop.key}', host: '${storefront.proxy.url}' })
      weir('add_to_cart')
    </script>`
    await shop.open('/')
    expect(await shop.names(3)).toEqual(['view', 'product_view', 'add_to_cart'])
    expect(shop.faults).toEqual([])
  })

  it('adopts as a module of npm, each event once', async () => {
    shop.pages['/sdk.js'] = await readFile(new URL('../dist/index.js', import.meta.url), 'utf8')
    shop.pages['/'] = `<!doctype html><title>npm</title><script type="module">
      import { start } from '/sdk.js'
      start({ key: '${shop.key}', host: '${storefront.proxy.url}' })
    </script>`
    const tab = await shop.open('/')
    await tab.evaluate(`dataLayer = [{ event: 'login' }]`)
    await sleep(3_500)
    await tab.evaluate(`dataLayer.push({ event: 'sign_up' })`)
    await shop.names(3)
    await sleep(1_000)
    expect(await shop.names(3)).toEqual(['view', 'login', 'sign_up'])
    expect(shop.faults).toEqual([])
  })

  it('does nothing as a module on a server', async () => {
    const { start, weir } = await import('@weir/sdk')
    expect(() => {
      weir('add_to_cart')
      start({ key: shop.key, host: storefront.proxy.url })
    }).not.toThrow()
    await sleep(300)
    expect(shop.seen()).toEqual([])
  })

  it('does nothing without a key', async () => {
    shop.pages['/'] = page('no key', `<script src="${storefront.proxy.url}/weir.js"></script>`)
    const tab = await shop.open('/')
    await tab.evaluate(`weir('add_to_cart')`)
    await sleep(600)
    expect(shop.seen()).toEqual([])
    expect(shop.faults).toEqual([])
  })

  it('marks what automation does, unless told not to', async () => {
    shop.pages['/robot'] = `<!doctype html>${shop.tag()}`
    await shop.open('/robot')
    await shop.names(1)
    await shop.open('/')
    await shop.names(2)
    const sent = shop.seen().map(({ body }) => JSON.parse(body).events[0].properties)
    expect(sent).toEqual([{ bot: true }, { bot: false }])
  })

  it('works in a folder of the shop that is passed on to Weir, plugins included', async () => {
    const own = await startFolderShop(storefront.proxy.url, shop.key, (tag) =>
      page('shop', `<script>dataLayer = [{ event: 'login' }]</script>${tag}`),
    )
    const tab = await shop.tab()
    await tab.goto(own.url)
    const arrived = await shop.names(2)
    own.stop()
    expect(arrived).toEqual(['view', 'login'])
    expect(shop.faults).toEqual([])
  })
})
