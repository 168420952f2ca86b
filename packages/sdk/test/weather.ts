/**
 * Tabs that end at random moments of any weather; each shopper then views one more page. `WEIR_TEST_SEED` for
 * other moments; `WEIR_LONG=10` for 200 tabs in Chromium, 40 for as many in the others.
 */
import type { Browser, Page } from 'puppeteer-core'
import { expect } from 'vitest'
import type { Weather } from './proxy.ts'
import { page, type Shop, type Storefront, sleep } from './storefront.ts'

const BATCH = 20
const EVENT_MS = 90
/** A younger leftover is not sent by another page. */
const LEFTOVER_MS = 5_500

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
export const random = (): number => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed / 2_147_483_647
}

export interface Shopper {
  /** Opens a tab, and ends it within a second; the events that it said it told of. */
  liveAndDie(url: string): Promise<string[]>
  /** Views a page until nothing of theirs waits any more (`ALL_TOLD`), and goes. */
  comeBack(url: string): Promise<void>
}

/** What a page says when it knows of nothing that waits. */
export const ALL_TOLD = `window.weir?.told && !Object.keys(localStorage).some((key) => key.startsWith('weir:'))`

/** How long so many tabs may take. */
export const longestMs = (tabs: number): number => 60_000 + tabs * 3_000

/** As long as a tab lives. */
export const live = (): Promise<void> => sleep(random() * 1_000)

/** Every event that a tab told of is stored, and once. */
export const loseNothing = async (
  { proxy }: Storefront,
  shop: Shop,
  tabs: number,
  newShopper: () => Promise<Shopper>,
): Promise<void> => {
  const called: string[] = []
  shop.pages['/last'] = page('last', shop.tag())
  for (let first = 0; first < tabs; first += BATCH) {
    proxy.weather = () => WEATHERS[Math.floor(random() * WEATHERS.length)] ?? 'pass'
    const shoppers: Shopper[] = []
    for (let n = first; n < Math.min(first + BATCH, tabs); n++) {
      const shopper = await newShopper()
      shoppers.push(shopper)
      shop.pages[`/${n}`] = page(`${n}`, shop.tag(), telling(n))
      called.push(...(await shopper.liveAndDie(`${shop.url}/${n}`)))
      proxy.cut()
    }
    await sleep(LEFTOVER_MS)
    proxy.weather = () => 'pass'
    proxy.cut()
    for (const shopper of shoppers) await shopper.comeBack(`${shop.url}/last`)
  }
  await shop.names(called.length + tabs)
  // As a property: a site has room for 1,000 names.
  const ticks = (await shop.stored())
    .filter(({ name }) => name === 'tick')
    .map(({ properties }) => properties.n)
  console.log(`${tabs} tabs told of ${called.length} events; ${ticks.length} are stored`)
  expect(called.length).toBeGreaterThan(tabs)
  expect(called.filter((n) => !ticks.includes(n))).toEqual([])
  expect(new Set(ticks).size).toBe(ticks.length)
  expect(shop.faults).toEqual([])
}

/** Tells of an event every 90 ms, and notes that it did. */
const telling = (tab: number): string => `<script>
  const called = []
  setInterval(() => {
    const n = '${tab}-' + (called.length + 1)
    weir('tick', { n })
    called.push(n)
    console.log(n)
  }, ${EVENT_MS})
</script>`

/** Shoppers with storage of their own; `end` ends a tab. */
export const puppeteerShoppers =
  (browser: Browser, shop: Shop, end: (tab: Page) => Promise<void>) =>
  async (): Promise<Shopper> => {
    const context = await browser.createBrowserContext()
    return {
      liveAndDie: async (url) => {
        const called: string[] = []
        const tab = await shop.tab(context)
        tab.on('console', (message) => {
          if (message.type() === 'log') called.push(message.text())
        })
        await tab.goto(url)
        await live()
        await end(tab)
        return called
      },
      comeBack: async (url) => {
        const tab = await shop.tab(context)
        await tab.goto(url)
        await tab.waitForFunction(ALL_TOLD)
        await context.close()
      },
    }
  }
