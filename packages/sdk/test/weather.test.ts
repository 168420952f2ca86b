import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../how-long.ts'
import { type Shop, type Storefront, startStorefront } from './storefront.ts'
import { longestMs, loseNothing, puppeteerShoppers, random } from './weather.ts'

const TABS = howLong(20)

let storefront: Storefront
let shop: Shop
beforeAll(async () => {
  storefront = await startStorefront()
  shop = await storefront.newShop()
})
afterAll(() => storefront.stop())

/** Kills the renderer: no page hears of it. */
const kill = async (tab: Page): Promise<void> => {
  const session = await tab.createCDPSession()
  const gone = new Promise((resolve) => tab.once('error', resolve))
  session.send('Page.crash').catch(() => {})
  await gone
}

it(
  `loses and repeats nothing of ${TABS} tabs that are closed or killed`,
  async () => {
    let killed = 0
    const end = async (tab: Page): Promise<void> => {
      if (random() < 0.4) {
        killed++
        await kill(tab)
      }
      await tab.close({ runBeforeUnload: random() < 0.5 })
    }
    await loseNothing(storefront, shop, TABS, puppeteerShoppers(storefront.browser, shop, end))
    expect(killed).toBeGreaterThan(TABS / 10)
  },
  longestMs(TABS),
)
