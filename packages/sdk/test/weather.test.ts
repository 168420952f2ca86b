/**
 * Tabs are closed, or their renderers killed, at random moments of any weather; each visitor then views
 * one more page. `WEIR_LONG=10` for 200 of them, `WEIR_TEST_SEED` for others.
 */
import type { BrowserContext, Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../how-long.ts'
import type { Weather } from './proxy.ts'
import { page, type Shop, type Storefront, sleep, startStorefront } from './storefront.ts'

const TABS = howLong(20)
const BATCH = 20
const EVENT_MS = 90
/** A younger leftover is not sent by another page. */
const LEFTOVER_MS = 5_200

const WEATHERS: Weather[] = [
  'pass',
  'hang',
  'mute',
  'cut',
  'down',
  { status: 500 },
  { status: 429, after: 1 },
]

let seed = Number(process.env.WEIR_TEST_SEED) || 1
/** From 0 to 1; the same ones for the same seed. */
const random = (): number => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed / 2_147_483_647
}

let storefront: Storefront
let shop: Shop
beforeAll(async () => {
  storefront = await startStorefront()
  shop = await storefront.newShop()
})
afterAll(() => storefront.stop())

/** Errors of pages, and what else their consoles say than that a request failed. */
const faults: string[] = []

/** Kills the renderer: no page hears of it. */
const kill = async (tab: Page): Promise<void> => {
  const session = await tab.createCDPSession()
  const gone = new Promise((resolve) => tab.once('error', resolve))
  session.send('Page.crash').catch(() => {})
  await gone
}

/** A visitor's tab that tells of an event every 90 ms until its end; the ones it told of. */
const liveAndDie = async (context: BrowserContext, n: number): Promise<string[]> => {
  const called: string[] = []
  const tab = await context.newPage()
  tab.on('pageerror', (error) => faults.push(`${error}`))
  tab.on('console', (message) => {
    if (message.type() === 'log') called.push(message.text())
    else if (!message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
  shop.pages[`/${n}`] = page(
    `${n}`,
    shop.tag(),
    `<script>let m = 0; setInterval(() => { weir('tick', { n: '${n}-' + ++m }); console.log('${n}-' + m) }, ${EVENT_MS})</script>`,
  )
  await tab.goto(`${shop.url}/${n}`)
  await sleep(random() * 1_000)
  if (random() < 0.4) await kill(tab)
  await tab.close({ runBeforeUnload: random() < 0.5 })
  return called
}

it(
  `loses and repeats nothing of ${TABS} tabs that are closed or killed`,
  async () => {
    const called: string[] = []
    shop.pages['/last'] = page('last', shop.tag())
    for (let first = 0; first < TABS; first += BATCH) {
      storefront.proxy.weather = () => WEATHERS[Math.floor(random() * WEATHERS.length)] ?? 'pass'
      const visitors: BrowserContext[] = []
      for (let n = first; n < Math.min(first + BATCH, TABS); n++) {
        const context = await storefront.browser.createBrowserContext()
        visitors.push(context)
        called.push(...(await liveAndDie(context, n)))
      }
      await sleep(LEFTOVER_MS)
      storefront.proxy.weather = () => 'pass'
      for (const context of visitors) {
        const tab = await context.newPage()
        await tab.goto(`${shop.url}/last`)
        await tab.waitForFunction(
          `window.weir?.told && !Object.keys(localStorage).some((key) => key.startsWith('weir:'))`,
        )
        await context.close()
      }
    }
    await shop.names(called.length + TABS)
    const stored = await shop.stored()
    // As a property: a site has room for 1,000 names.
    const ticks = stored.filter(({ name }) => name === 'tick').map(({ properties }) => properties.n)
    console.log(`${TABS} tabs told of ${called.length} events; ${ticks.length} are stored`)
    expect(called.length).toBeGreaterThan(TABS * 3)
    expect(called.filter((n) => !ticks.includes(n))).toEqual([])
    expect(new Set(ticks).size).toBe(ticks.length)
    expect(faults).toEqual([])
  },
  30_000 + TABS * 3_000,
)
