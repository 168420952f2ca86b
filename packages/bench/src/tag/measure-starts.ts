import type { Browser } from 'puppeteer-core'
import { ownTimes } from './own-time.ts'
import { readTrace } from './trace.ts'

export interface Loads {
  url: string
  /** Part of the address of the script that is measured, and what holds in its page when it is done. */
  file?: string
  isDone?: string
  /** Of the second page in the same renderer, which is what a shopper has after the first. */
  again?: boolean
  loads: number
  slowdown: number
}

/** Of each page load, ms. */
export interface Starts {
  /** Compiling and running the file: what the page waits for. */
  starts: number[]
  /** Everything else until the view was answered for: timers, and the answer. */
  rests: number[]
}

const CATEGORIES = ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile']
/** The first loads fill the browser's caches, as a visitor's first page does; they are not counted. */
const WARM = 3

export async function measureStarts(
  browser: Browser,
  {
    url,
    file = '/weir.js',
    isDone = 'window.weir?.told?.some(([, result]) => result)',
    again = false,
    loads,
    slowdown,
  }: Loads,
): Promise<Starts> {
  const starts: number[] = []
  const rests: number[] = []
  for (let n = -WARM; n < loads; n++) {
    const context = await browser.createBrowserContext()
    const tab = await context.newPage()
    if (again) {
      await tab.goto(url)
      await tab.waitForFunction(isDone, { polling: 50 })
    }
    await tab.emulateCPUThrottling(slowdown)
    await tab.tracing.start({ categories: CATEGORIES })
    await tab.goto(url)
    await tab.waitForFunction(isDone, { polling: 50 })
    const trace = await tab.tracing.stop()
    await context.close()
    if (!trace) throw new Error('Chromium gave no trace')
    const work = ownTimes(readTrace(trace), (from) => from.includes(file))
    const isStart = ({ name }: { name: string }) => name !== 'FunctionCall'
    if (n < 0) continue
    starts.push(sum(work.filter(isStart)))
    rests.push(sum(work.filter((one) => !isStart(one))))
  }
  return { starts, rests }
}

const sum = (work: readonly { ms: number }[]): number =>
  work.reduce((total, { ms }) => total + ms, 0)
