import type { Browser } from 'puppeteer-core'

/** As a page calls: a few, and then their events are sent and answered for. */
const AT_ONCE = 10
const ROUNDS = 30
const WARM = 3

/** What each of some hundred calls takes, ms. The page's clock must be a fine one. */
export async function measureCalls(
  browser: Browser,
  { url, slowdown }: { url: string; slowdown: number },
): Promise<number[]> {
  const context = await browser.createBrowserContext()
  const tab = await context.newPage()
  await tab.goto(url)
  await tab.emulateCPUThrottling(slowdown)
  const times: number[] = []
  for (let n = -WARM; n < ROUNDS; n++) {
    await tab.waitForFunction(
      `window.weir?.told?.length && !Object.keys(localStorage).some((key) => key.startsWith('weir:'))`,
    )
    const round: unknown = await tab.evaluate(`Array.from({ length: ${AT_ONCE} }, () => {
      const since = performance.now()
      weir('add_to_cart', { product_id: 'sku-1', price: 19.9, currency: 'EUR' })
      return performance.now() - since
    })`)
    if (n >= 0 && Array.isArray(round)) times.push(...round.map(Number))
  }
  await context.close()
  return times
}
