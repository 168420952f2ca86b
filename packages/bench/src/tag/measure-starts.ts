import type { Browser, Page } from 'puppeteer-core'
import { ownTimes, WRITING } from './own-time.ts'
import { readTrace, type TraceEvent } from './trace.ts'

export interface Loads {
  url: string
  /** Part of the address of the script that is measured, and what holds in its page when it is done. */
  file?: string
  isDone?: string
  /** How many, one after the other: on the first the browser notes that it met the file, on the second what it compiled, on the third it reads that. */
  pages: number
  loads: number
  slowdown: number
}

/** What one page had of the script, ms. */
export interface Start {
  /** Compiling and running the file: what the page waits for. */
  start: number
  /** Then the browser writes down what it compiled. */
  writing: number
  /** The first call after that: what the file put off to the page's next turn. */
  turn: number
  /** Everything else until the page is done: timers, and the answer. */
  rest: number
}

const CATEGORIES = ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile']
/** The first shoppers fill the browser's caches; they are not counted. */
const WARM = 2

/** By page, a shopper's first ones in one renderer; so many shoppers, each in a renderer of their own. */
export async function measureStarts(
  browser: Browser,
  {
    url,
    file = '/weir.js',
    isDone = 'window.weir?.told?.some(([, result]) => result)',
    pages,
    loads,
    slowdown,
  }: Loads,
): Promise<Start[][]> {
  const measured: Start[][] = Array.from({ length: pages }, () => [])
  for (let n = -WARM; n < loads; n++) {
    const context = await browser.createBrowserContext()
    const tab = await context.newPage()
    await tab.emulateCPUThrottling(slowdown)
    for (const starts of measured) {
      const start = startOf(await traceLoad(tab, url, isDone), file)
      if (n >= 0) starts.push(start)
    }
    await context.close()
  }
  return measured
}

async function traceLoad(tab: Page, url: string, isDone: string): Promise<TraceEvent[]> {
  await tab.tracing.start({ categories: CATEGORIES })
  await tab.goto(url)
  await tab.waitForFunction(isDone, { polling: 50 })
  const trace = await tab.tracing.stop()
  if (!trace) throw new Error('Chromium gave no trace')
  return readTrace(trace)
}

function startOf(trace: TraceEvent[], file: string): Start {
  const isOurs = (from: string) => from.includes(file)
  const work = ownTimes(trace, isOurs)
  const writing = sum(ownTimes(trace, isOurs, WRITING))
  // What comes before is the page's before, which is left.
  const first = work.findIndex(({ name }) => name !== 'FunctionCall')
  const calls = work.slice(first).filter(({ name }) => name === 'FunctionCall')
  const [turn, ...rest] = calls
  return {
    start: sum(work) - sum(work.filter(({ name }) => name === 'FunctionCall')) - writing,
    writing,
    turn: turn?.ms ?? 0,
    rest: sum(rest),
  }
}

const sum = (work: readonly { ms: number }[]): number =>
  work.reduce((total, { ms }) => total + ms, 0)
