import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startFolderShop } from './own-folder.ts'
import { page, type Shop, type Storefront, startStorefront } from './storefront.ts'

let storefront: Storefront
let shop: Shop
beforeAll(async () => {
  storefront = await startStorefront()
})
beforeEach(async () => {
  shop = await storefront.newShop()
})
afterAll(() => storefront.stop())

const DAY_MS = 864e5
const kept = `JSON.stringify([Object.keys(localStorage), document.cookie])`
const nothing = JSON.stringify([[], ''])
const denied = JSON.stringify([['weir'], 'weir=denied.4'])
const visitorIds = async (count: number) => {
  await shop.names(count)
  return (await shop.stored()).map(({ visitor_id }) => visitor_id)
}

describe('a visitor', () => {
  it('is told to the page', async () => {
    const tab = await shop.open('/')
    const id = await tab.evaluate(`new Promise((told) => weir('visitor', told))`)
    expect(await visitorIds(1)).toEqual([id])
  })

  it('is kept in a cookie for 400 days, that other sites do not get, or as the shop set it again', async () => {
    const days = async () => {
      const [cookie] = await shop.context.cookies()
      return Math.round((Number(cookie?.expires) * 1000 - Date.now()) / DAY_MS)
    }
    const tab = await shop.open('/')
    const [id] = await visitorIds(1)
    const cookies = await shop.context.cookies()
    expect(cookies).toMatchObject([{ name: 'weir', value: `${id}.4`, path: '/', sameSite: 'Lax' }])
    expect(await days()).toBe(400)

    shop.headers['set-cookie'] = `weir=${id}.4; Domain=127.0.0.1; Path=/; Max-Age=${DAY_MS / 10}`
    await tab.reload()
    expect(await visitorIds(2)).toEqual([id, id])
    expect(await days()).toBe(100)
  })

  it('is kept by Weir too, where it answers on a domain of the shop: Safari forgets what scripts store', async () => {
    const own = await startFolderShop(storefront.proxy.url, shop.key, (tag) => page('shop', tag))
    const { port } = new URL(own.url)
    const cookies = () => shop.context.cookies()
    const tab = await shop.tab()
    await tab.goto(`http://www.shop.localhost:${port}/`)
    const [id] = await visitorIds(1)
    expect(await cookies()).toMatchObject([{ value: `${id}.2`, domain: '.shop.localhost' }])
    const { name, value, domain, path } = (await cookies())[0]!
    const soon = Date.now() / 1000 + 100
    await shop.context.setCookie({ name, value, domain, path, expires: soon, sameSite: 'Lax' })

    await tab.goto(`http://shop.localhost:${port}/two`)
    expect(await visitorIds(2)).toEqual([id, id])
    own.stop()
    expect(await cookies()).toMatchObject([{ value: `${id}.2`, domain: '.shop.localhost' }])
    const days = (Number((await cookies())[0]?.expires) * 1000 - Date.now()) / DAY_MS
    expect(Math.round(days)).toBe(400)
  })

  it('is the same at the next page, though storage was emptied, or the cookie', async () => {
    const tab = await shop.open('/')
    await shop.names(1)
    await tab.evaluate('localStorage.clear()')
    await tab.reload()
    await shop.names(2)
    await tab.evaluate(`document.cookie = 'weir=;max-age=0;path=/;domain=127.0.0.1'`)
    expect(await tab.evaluate('document.cookie')).toBe('')
    await tab.reload()
    await shop.names(3)
    expect(new Set(await visitorIds(3)).size).toBe(1)
    expect(
      await tab.evaluate(`document.cookie.startsWith('weir=' + localStorage.weir + '.')`),
    ).toBe(true)
  })

  it('is the one whom another tab made in the same moment', async () => {
    const other = '0199a8c2-6f00-7abc-8def-0123456789ab'
    // Between what this page writes and what it reads then.
    shop.pages['/'] = page(
      'shop',
      `<script>{ const set = Storage.prototype.setItem
        Storage.prototype.setItem = function (key, value) {
          if (key === 'weir') document.cookie = 'weir=${other}.4;path=/;domain=127.0.0.1'
          set.call(this, key, value)
        } }</script>${shop.tag()}`,
    )
    const tab = await shop.open('/')
    expect(await visitorIds(1)).toEqual([other])
    await tab.goto(`${shop.url}/two`)
    expect(await visitorIds(2)).toEqual([other, other])
  })

  it('is another one after Weir has erased them', async () => {
    const tab = await shop.open('/')
    const [id] = await visitorIds(1)
    await fetch(`${storefront.proxy.url}/healthz`)
    storefront.proxy.weather = () => 'pass'
    await tab.evaluate(`{
      const real = fetch
      window.fetch = (...given) => given[0].pathname === '/v1/events'
        ? Promise.resolve(new Response('{"rejected":[{"index":0,"code":"visitor_erased"}]}', { status: 202 }))
        : real(...given)
    }`)
    const result = await tab.evaluate(`new Promise((done) => weir('chat', {}, done))`)
    expect(result).toEqual({ stored: false, index: 0, code: 'visitor_erased' })
    expect(await tab.evaluate(kept)).toBe('[[],"weir=.4"]')
    await tab.goto(`${shop.url}/two`)
    const ids = await visitorIds(2)
    expect(ids[1]).not.toBe(id)
  })
})

describe('who comes from another domain by the plugin link', () => {
  const id = '0199a8c2-6f00-7abc-8def-0123456789ab'
  const noRobot = `<script>Object.defineProperty(navigator, 'webdriver', { value: false, configurable: true })</script>`
  const withLink = (extra = '') => shop.tag(extra).replace('?key=', '?with=link&key=')
  const arrive = async (at: number, before = noRobot, extra = '') => {
    shop.pages['/pay'] = page('pay', before + withLink(extra))
    const tab = await shop.open(`/pay?step=2&weir=${id}.${at}&note=a%20b#here`)
    await shop.names(1)
    expect(new URL(tab.url())).toMatchObject({ search: '?step=2&note=a%20b', hash: '#here' })
    expect(JSON.parse(shop.seen()[0]?.body ?? '').events[0].context.url).not.toContain('weir=')
    expect(shop.faults).toEqual([])
    return tab
  }

  it('is the same visitor, from the first view on, which is one', async () => {
    const tab = await arrive(Date.now())
    await tab.goto(`${shop.url}/two`)
    expect(await visitorIds(2)).toEqual([id, id])
  })

  it('is somebody else three minutes later, and if it is a robot', async () => {
    await (await arrive(Date.now() - 180_000)).close()
    await arrive(Date.now(), '')
    expect(await visitorIds(2)).not.toContain(id)
  })

  it('is not known without consent, nor against it', async () => {
    const asked = await arrive(Date.now(), noRobot, 'data-consent="required"')
    expect(await asked.evaluate(kept)).toBe(nothing)
    await asked.evaluate(`weir('consent', 'denied')`)
    const tab = await arrive(Date.now())
    expect(await tab.evaluate(kept)).toBe(denied)
    expect(await visitorIds(2)).not.toContain(id)
  })

  const ask = (address: string) => `new Promise((told) => weir('link', '${address}', told))`

  it('takes the id along, also asked before the tag has loaded, and nothing else of the address changes', async () => {
    shop.pages['/'] = page(
      'shop',
      `<script>early = ${ask('https://pay.example/')}</script>${withLink()}`,
    )
    const tab = await shop.open('/')
    const [sent] = await visitorIds(1)
    const mark = new RegExp(`weir=${sent}\\.\\d{13}`)
    const marked = async (wanted: string) =>
      String(await tab.evaluate(wanted)).replace(mark, 'weir=MARK')
    expect(await marked('early')).toBe('https://pay.example/?weir=MARK')
    expect(await marked(ask('/pay?a=b%20c&weir=old.1#here'))).toBe('/pay?a=b%20c&weir=MARK#here')
    await tab.evaluate(
      `weir('link', '/x', () => { throw new Error('mine') }); weir('link', '/x'); weir('link')`,
    )
    expect(shop.faults).toEqual([])
  })

  it('takes nothing along without consent', async () => {
    shop.pages['/'] = page('shop', withLink('data-consent="required"'))
    const tab = await shop.open('/')
    await tab.waitForFunction('window.weir?.told')
    expect(await tab.evaluate(ask('https://pay.example/#x'))).toBe('https://pay.example/#x')
  })

  it('goes there and is one visitor', async () => {
    const { port } = new URL(shop.url)
    shop.pages['/'] = page('shop', noRobot + withLink(), '<a href="/">Pay</a>')
    shop.pages['/pay'] = page('pay', noRobot + withLink())
    const tab = await shop.open('/')
    await shop.names(1)
    // Another host, so that no cookie and no storage is shared.
    await tab.evaluate(
      `weir('link', 'http://localhost:${port}/pay', (address) => { location = address })`,
    )
    const [here, there] = await visitorIds(2)
    expect(there).toBe(here)
    expect(tab.url()).toBe(`http://localhost:${port}/pay`)
  })
})

it('sees an arm of an experiment, which is a property', async () => {
  const tab = await shop.open('/')
  await tab.evaluate(`weir('variant', 'hero', 'blue')`)
  await shop.names(2)
  expect((await shop.stored())[1]).toMatchObject({
    name: 'variant',
    properties: { 'variant.hero': 'blue' },
  })
})

describe('without cookies', () => {
  it('keeps nothing on the device when consent is required and not given', async () => {
    shop.pages['/'] = page('ask', shop.tag('data-consent="required"'))
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`weir('add_to_cart')`)
    expect(await tab.evaluate(kept)).toBe(nothing)
    await tab.reload()
    const ids = await visitorIds(3)
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).not.toBe(ids[2])
    for (const { properties } of await shop.stored()) expect(properties.cookieless).toBe(true)
  })

  it('stores the id of the page once consent is granted, and knows it at the next one', async () => {
    shop.pages['/'] = page('ask', shop.tag('data-consent="required"'))
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`weir('consent', 'granted'); weir('add_to_cart')`)
    await shop.names(2)
    await tab.reload()
    expect(new Set(await visitorIds(3)).size).toBe(1)
    expect((await shop.stored()).map(({ properties }) => properties.cookieless)).toEqual([
      true,
      undefined,
      undefined,
    ])
  })

  it('applies consent that was given before the file had loaded to the first view', async () => {
    shop.pages['/'] = page(
      'ask',
      `<script>weir('consent', 'granted')</script>${shop.tag('data-consent="required"')}`,
    )
    await shop.open('/')
    await shop.names(1)
    expect((await shop.stored())[0]?.properties).not.toHaveProperty('cookieless')
  })

  it('forgets the visitor and the waiting events when consent is denied, and remembers that', async () => {
    storefront.proxy.weather = () => 'down'
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.evaluate(`weir('add_to_cart'); weir('consent', 'denied')`)
    expect(await tab.evaluate(kept)).toBe(denied)
    storefront.proxy.weather = () => 'pass'
    const before = shop.seen().length
    await tab.goto(`${shop.url}/two`)
    await shop.names(3)
    const last = (await shop.stored()).at(-1)
    expect(last?.properties).toMatchObject({ path: '/two', cookieless: true })
    expect(shop.seen().length).toBeGreaterThan(before)
    expect(await tab.evaluate(kept)).toBe(denied)
  })

  it('honours Global Privacy Control', async () => {
    shop.pages['/'] = page(
      'gpc',
      `<script>Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })</script>${shop.tag()}`,
    )
    const tab = await shop.open('/')
    await shop.names(1)
    expect((await shop.stored())[0]?.properties.cookieless).toBe(true)
    await tab.evaluate(`weir('consent', 'granted'); weir('chat')`)
    await shop.names(2)
    expect((await shop.stored())[1]?.properties.cookieless).toBe(true)
    expect(await tab.evaluate(kept)).toBe(nothing)
  })
})
