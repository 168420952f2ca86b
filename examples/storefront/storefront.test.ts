/** The sample shop, bought from in a real browser, as far as the numbers on the dashboard. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FunnelAnswer } from '@weir/contract'
import { shareBrowser } from '@weir/sdk/browser'
import type { BrowserContext, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveShop } from '../../packages/server/src/demo/shop.ts'
import { startTestWeir, type TestWeir } from '../../packages/server/src/testing.ts'

const DAY_MS = 86_400_000
const PATIENCE_MS = 20_000

const KETTLE = {
  product_id: 'lock-kettle',
  product_name: 'Lock-Keeper’s Kettle',
  category: 'kitchen',
  price: 46,
}

/** What the shopper looks at, and does. */
const PAGES = [
  '/',
  '/product.html',
  '/cart.html',
  '/checkout.html',
  '/thanks.html',
  '/thanks.html',
  '/thanks.html',
]
const ACTS = ['product_view', 'chat', 'add_to_cart', 'begin_checkout', 'purchase']

interface Stored {
  name: string
  visitor_id: string
  properties: Record<string, unknown>
}

let weir: TestWeir
let shop: Awaited<ReturnType<typeof serveShop>>
let context: BrowserContext
let order_id: string
let stored: Stored[]
const shopFaults: string[] = []

beforeAll(async () => {
  weir = await startTestWeir()
  shop = await serveShop({ port: 0, weir_url: weir.url, write_key: weir.keys.write })
  context = await (await shareBrowser()).createBrowserContext()
  order_id = await buyTwoKettles(await openTab(shopFaults))
  stored = await readEvents()
}, 90_000)
afterAll(async () => {
  await context?.close()
  await shop?.close()
  await weir?.stop()
})

/** A tab that is no bot, and notes what goes wrong in it. */
async function openTab(faults: string[]): Promise<Page> {
  const tab = await context.newPage()
  await tab.setViewport({ width: 1280, height: 900 })
  await tab.evaluateOnNewDocument('window.weirConfig = { bot: false }')
  tab.on('pageerror', (error) => faults.push(String(error)))
  tab.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url ?? ''}`)
  })
  return tab
}

/** From the list to the thank-you page, which is then reloaded twice; returns the order's id. */
async function buyTwoKettles(tab: Page): Promise<string> {
  await tab.goto(`${shop.url}/`)
  await follow(tab, 'a[href="product.html?id=lock-kettle"]')
  await click(tab, '#chat-open')
  await tab.type('#chat-message', 'How many cups does it make?')
  await click(tab, '#chat-send')
  await tab.type('#chat-message', 'And does it whistle?')
  await click(tab, '#chat-send')
  await click(tab, '#chat-open')
  await tab.$eval('#quantity', (input) => Object.assign(input, { value: '2' }))
  await click(tab, '#add-to-cart')
  await follow(tab, '#added a')
  await follow(tab, '#checkout')
  await follow(tab, '#place-order')
  for (let reload = 0; reload < 2; reload++) {
    await purchaseAnswered(tab)
    await tab.reload()
  }
  await purchaseAnswered(tab)
  return new URL(tab.url()).searchParams.get('order') ?? ''
}

async function click(tab: Page, selector: string): Promise<void> {
  const element = await tab.waitForSelector(selector, { visible: true })
  await element?.click()
}

async function follow(tab: Page, selector: string): Promise<void> {
  await Promise.all([tab.waitForNavigation(), click(tab, selector)])
}

/** The tag keeps an event on the device until the server has answered for it. */
async function purchaseAnswered(tab: Page): Promise<void> {
  await tab.waitForFunction('window.weir.told', { timeout: PATIENCE_MS })
  await tab.waitForFunction(
    `!Object.values(localStorage).some((item) => item.includes('"name":"purchase"'))`,
    { timeout: PATIENCE_MS },
  )
}

/** What is stored, once there is as much as the shopper did; the tests tell what is missing. */
async function readEvents(): Promise<Stored[]> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(50)) {
    const { rows } = await weir.pool.query<Stored>(
      'select name, visitor_id, properties from events where site_id = $1 order by at',
      [weir.site_id],
    )
    if (rows.length >= PAGES.length + ACTS.length || Date.now() > end) return rows
  }
}

const only = (name: string): Record<string, unknown> => {
  const found = stored.filter((event) => event.name === name)
  expect(found, `events called ${name}`).toHaveLength(1)
  return found[0]!.properties
}

describe('a visitor of the sample shop who buys', () => {
  it('is one visitor, whose every act is stored once', () => {
    expect(new Set(stored.map(({ visitor_id }) => visitor_id)).size).toBe(1)
    expect(stored.map(({ name }) => name).filter((name) => name !== 'view')).toEqual(ACTS)
  })

  it('is seen on every page, and again at every reload', () => {
    const views = stored.filter(({ name }) => name === 'view')
    expect(views.map(({ properties }) => properties.path)).toEqual(PAGES)
  })

  it('is known by place and device, and is no bot where the page says so', () => {
    for (const { properties } of stored) {
      expect(properties).toMatchObject({
        host: new URL(shop.url).host,
        os: 'Linux',
        device: 'desktop',
        language: 'en-US',
      })
      expect(properties).not.toHaveProperty('bot')
      expect(properties).not.toHaveProperty('cookieless')
      expect(properties).not.toHaveProperty('channel')
    }
  })

  it('leaves what the shop said of each stage', () => {
    expect(only('product_view')).toMatchObject({ ...KETTLE, currency: 'EUR' })
    expect(only('chat')).toMatchObject({ chat_provider: 'storefront', path: '/product.html' })
    const cart_id = only('add_to_cart').cart_id
    expect(cart_id).toMatch(/^cart-/)
    expect(only('add_to_cart')).toMatchObject({ ...KETTLE, quantity: 2, currency: 'EUR' })
    const bought = { value: 92, currency: 'EUR', cart_id, items: [{ ...KETTLE, quantity: 2 }] }
    expect(only('begin_checkout')).toMatchObject(bought)
    expect(only('purchase')).toMatchObject({ ...bought, order_id, tax: 21.16, shipping: 0 })
  })

  it('has one order, however often the thank-you page comes back', async () => {
    expect(order_id).toMatch(/^WD-/)
    const { rows } = await weir.pool.query(
      'select order_id, visitor_id, by_server from orders where site_id = $1',
      [weir.site_id],
    )
    expect(rows).toEqual([{ order_id, visitor_id: stored[0]?.visitor_id, by_server: false }])
  })

  it('meets no error in the shop', () => {
    expect(shopFaults).toEqual([])
  })
})

describe('the funnel of one visitor who bought', () => {
  it('has one at every stage, and the revenue of one order', async () => {
    const day = (ahead: number) => new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10)
    const answer = await weir.ask<FunnelAnswer>(
      `/v1/rates?funnel=storefront&from=${day(-1)}&to=${day(2)}`,
    )
    expect(answer.stages.map(({ name, count }) => [name, count])).toEqual([
      ['view', 1],
      ['product_view', 1],
      ['chat', 1],
      ['add_to_cart', 1],
      ['purchase', 1],
    ])
    expect(answer.site_visitors).toBe(1)
    expect(answer.conversion).toMatchObject({ count: 1, events: 1 })
    expect(answer.conversion.rates.funnel).toMatchObject({ numerator: 1, denominator: 1, rate: 1 })
    expect(answer.conversion.revenue).toEqual([
      { currency: 'EUR', orders: 1, value: 92, average_order_value: 92 },
    ])
  })

  it('is read on the dashboard, signed in with the read key', async () => {
    const faults: string[] = []
    const tab = await openTab(faults)
    await tab.goto(`${weir.url}/`)
    const field = await tab.waitForSelector('input[type=password]', { visible: true })
    // Whoever is not signed in is told so by a 401, which the browser notes by itself.
    expect(faults.filter((fault) => !/401 .*\/v1\/session$/.test(fault))).toEqual([])
    faults.length = 0
    await field?.type(weir.keys.read)
    await field?.press('Enter')
    await tab.waitForFunction(`/100\\s?%/.test(document.body.innerText)`, { timeout: PATIENCE_MS })
    const text = String(await tab.evaluate('document.body.innerText'))
    expect(text).toMatch(/Test shop/)
    expect(text).toMatch(/1 of 1\b/)
    expect(text).toMatch(/€\s?92(\.00)?\b/)
    expect(faults).toEqual([])
  })
})

describe('the page of a shop that has been measured for weeks', () => {
  const faults: string[] = []
  const today = Math.floor(Date.now() / DAY_MS)
  const dayOf = (ahead: number) => new Date((today + ahead) * DAY_MS).toISOString().slice(0, 10)
  let tab: Page

  beforeAll(async () => {
    await sendVisitors('old', -30, 40, 4)
    await sendVisitors('new', -20, 40, 20)
    tab = await openTab(faults)
  })

  /** So many looked, one a minute; the first of them bought at once, and two more left their carts. */
  async function sendVisitors(of: string, ahead: number, viewers: number, buyers: number) {
    const noon = (today + ahead + 0.5) * DAY_MS
    const events = Array.from({ length: viewers }, (_, index) => {
      const visitor_id = `${of}-${index}`
      const at = noon + index * 60_000
      const added = index < buyers + 2 ? ['add_to_cart'] : []
      const bought = index < buyers ? ['purchase'] : []
      const did = ['view', 'product_view', ...added, ...bought]
      return did.map((name, step) => ({
        ...{ visitor_id, name, at: at + step * 10_000 },
        properties: {
          ...{ product_id: 'tea-cosy', price: 10, quantity: 1, value: 10, currency: 'EUR' },
          ...(name === 'purchase' ? { order_id: visitor_id } : {}),
        },
      }))
    })
    const response = await fetch(`${weir.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${weir.keys.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events: events.flat() }),
    })
    expect(response.status).toBe(202)
  }

  const open = async (search: Record<string, string>, selector: string) => {
    await tab.goto(`${weir.url}/?${new URLSearchParams(search)}`)
    await tab.waitForSelector(selector, { timeout: PATIENCE_MS })
  }
  const said = () => tab.$eval('.plot input', (input) => input.getAttribute('aria-valuetext'))
  const plain = (text: string) => text.replaceAll('\u202f', ' ')

  it('shows how the rate went over time, to pointers and keyboards alike', async () => {
    await open({ from: dayOf(-20), to: dayOf(1) }, '.plot input')
    await tab.focus('.plot input')
    await tab.keyboard.press('Home')
    expect(plain((await said()) ?? '')).toMatch(/: 50.0 %, 20 of 40, 95 % interval 35.2 – 64.8 %$/)
    await tab.keyboard.press('ArrowRight')
    expect(await said()).toMatch(/: nobody to divide by$/)
    await tab.keyboard.press('End')
    expect(plain((await said()) ?? '')).toMatch(/: 100 %, 1 of 1, .*, unfinished$/)
    const field = await (await tab.$('.plot-field'))?.boundingBox()
    if (!field) throw new Error('there is no drawing')
    await tab.mouse.move(field.x + 2, field.y + field.height / 2)
    expect(plain((await said()) ?? '')).toMatch(/: 50.0 %, 20 of 40/)
    expect(await tab.$$eval('.trend-drawing .dot', (dots) => dots.length)).toBe(2)
    expect(await tab.$$eval('.trend-drawing .dot.open', (dots) => dots.length)).toBe(1)
  })

  it('has the same in a table, and for a spreadsheet', async () => {
    const rows = await tab.$$eval('.trend tbody tr', (all) => all.map((row) => row.textContent))
    expect(rows).toHaveLength(21)
    expect(plain(rows[0] ?? '')).toMatch(/50.0 %35.2 – 64.8 %20 \/ 40over$/)
    expect(rows.at(-1)).toMatch(/1 \/ 1unfinished$/)
    const csv = await tab.$eval('.trend a[download]', async (link) =>
      (await fetch(link.getAttribute('href') ?? '')).text(),
    )
    expect(csv.split('\n')[0]).toMatch(/numerator/)
    expect(csv).toMatch(new RegExp(`${dayOf(-20)}.*purchase`))
  })

  it('is chosen in the address', async () => {
    await click(tab, '.trend-picks .tabs a:not([aria-current])')
    await tab.waitForSelector('.plot input[aria-label="Rate by week"]', { timeout: PATIENCE_MS })
    expect(await tab.evaluate('location.search')).toMatch(/&interval=week$/)
    await tab.select('.trend-picks label:nth-child(2) select', 'previous_stage')
    await tab.waitForFunction(`location.search.includes('definition=previous_stage')`)
    await tab.focus('.plot input')
    await tab.keyboard.press('Home')
    expect(await said()).toMatch(/ 20 of 22, /)
    await tab.goBack()
    await tab.goBack()
    await tab.waitForSelector('.plot input[aria-label="Rate by day"]', { timeout: PATIENCE_MS })
  })
  it('is compared with the period before, where there is one', async () => {
    const text = async (selector: string) =>
      plain((await tab.$eval(selector, (part) => part.textContent)) ?? '')
    await open({ from: dayOf(-25), to: dayOf(-15) }, '.plot input')
    expect(await tab.$('.difference')).toBeNull()
    await tab.select('.picks label:first-child select', 'previous')
    await tab.waitForSelector('.headline .difference', { timeout: PATIENCE_MS })
    expect(await tab.evaluate('location.search')).toMatch(/&compare=previous$/)
    expect(await text('.headline .difference')).toBe('+40.0 pointsmore than chance')
    expect(await text('.aside dd')).toMatch(/^10.0 %.*4 \/ 40\+40.0 points\+20.\d to \+56.\dmore/)
    expect(await text('.stage-rates li:last-child .difference')).toMatch(/^\+40.0 points/)
    // Entering is no change: all of those who entered did.
    expect(await text('.numbers tr:first-child .difference')).toBe('0 points')
    await open({ from: dayOf(-35), to: dayOf(-25), compare: 'previous' }, '.aside')
    expect(await text('.aside')).toMatch(/^Nobody entered in .*: there is nothing to compare with/)
    expect(await tab.$('.difference')).toBeNull()
  })
  it('says which products were bought, and what became of carts', async () => {
    await open({ from: dayOf(-25), to: dayOf(-15) }, '.products tbody tr')
    const cells = await tab.$$eval('.products tbody tr > *', (all) =>
      all.map((cell) => cell.textContent),
    )
    expect(cells.slice(0, 4)).toEqual(['tea-cosy', '40', '22', '20'])
    expect(plain(cells.slice(4).join(' '))).toMatch(/^55.0 %.* 90.9 %.* 50.0 %.* €200.00$/)
    await tab.waitForSelector('.carts .figures', { timeout: PATIENCE_MS })
    const figures = await tab.$$eval('.carts dd', (all) => all.map((one) => one.textContent))
    expect(figures.map(plain)).toEqual([
      '22with something in them',
      '9.1 %2 of 22, 2.5 – 27.8 %; not bought within 1 hour',
      '0 %0 of 2, 0 – 65.8 %; bought later, and 2 may be yet',
      '€20.00in 2 abandoned carts',
    ])
    for (const part of ['products', 'carts']) {
      const csv = await tab.$eval(`.${part} a[download]`, async (link) =>
        (await fetch(link.getAttribute('href') ?? '')).text(),
      )
      expect(csv.split('\n').length).toBeGreaterThan(1)
    }
  })
  it('meets no error', () => {
    expect(faults).toEqual([])
  })

  it('asks for the key again when the session has ended', async () => {
    await tab.evaluate(`fetch('/v1/session', { method: 'DELETE' })`)
    await click(tab, '.trend-picks .tabs a:not([aria-current])')
    await tab.waitForSelector('.sign-in', { timeout: PATIENCE_MS })
    expect(await tab.$eval('.sign-in', (form) => form.textContent)).toMatch(/You were signed out/)
  })
})
