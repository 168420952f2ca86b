import type { Browser } from 'puppeteer-core'

/** How many at once: the clock of a page is coarse. */
const AT_ONCE = 10
const WARM = 3

/** One call, ms, as the mean of ten at once; so many times. */
export async function measureCalls(
  browser: Browser,
  { url, loads, slowdown }: { url: string; loads: number; slowdown: number },
): Promise<number[]> {
  const context = await browser.createBrowserContext()
  const tab = await context.newPage()
  await tab.goto(url)
  await tab.emulateCPUThrottling(slowdown)
  const times: number[] = []
  for (let n = -WARM; n < loads; n++) {
    await tab.waitForFunction(
      `window.weir?.told?.length && !Object.keys(localStorage).some((key) => key.startsWith('weir:'))`,
    )
    const ms = await tab.evaluate(`{
      const since = performance.now()
      for (let n = 0; n < ${AT_ONCE}; n++) weir('add_to_cart', { product_id: 'sku-1', price: 19.9, currency: 'EUR' });
      (performance.now() - since) / ${AT_ONCE}
    }`)
    if (n >= 0) times.push(Number(ms))
  }
  await context.close()
  return times
}
