/**
 * What the tag costs a page, in a real Chromium whose processor is slowed down four times:
 * 1. A page with the tag is opened again and again, each time in a new renderer, and traced until the
 *    server has answered for its view. Starting is compiling and running the file, from V8's trace.
 * 2. On a page that stands, `weir('add_to_cart', …)` is called in tens, with the events of the last ten
 *    answered for.
 * 3. So that the floor is known: pages with an empty file instead, and with one that only asks for
 *    `document.currentScript`, which makes the browser build what stands behind `document`.
 * Medians, and the rest of what the tag did in that time: its timers, and the answer. Of starting the mean
 * too: the browser slows a thread down by holding it for some 3 ms now and then, so that work of less than
 * a millisecond takes either as long as it does, or 3 ms more.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { launchBrowser } from '../../sdk/test/browser.ts'
import { startEmbedded } from '../../server/src/postgres/embedded.ts'
import { startWeirProcess } from './ask/weir-process.ts'
import { HOME, RESULTS } from './home.ts'
import { makeSite } from './ingest/make-site.ts'
import { makeDatabase } from './load/make-database.ts'
import { load, machine } from './report/machine.ts'
import { measureCalls } from './tag/measure-calls.ts'
import { measureStarts } from './tag/measure-starts.ts'
import { openShop } from './tag/open-shop.ts'
import { pageOf, type TagResults } from './tag/page.ts'

export interface TagOptions {
  loads: number
  command: string
}

const SLOWDOWNS = [4, 1]

export async function tag({ loads, command }: TagOptions): Promise<void> {
  const start = load()
  const postgres = await startEmbedded({ dataDir: HOME })
  try {
    const database_url = await makeDatabase(postgres.url, 'bench_tag')
    const weir = await startWeirProcess(database_url)
    const { write } = await makeSite(database_url)
    const shop = await openShop(weir.url, write)
    const browser = await launchBrowser()
    try {
      const measured: TagResults['measured'] = []
      for (const slowdown of SLOWDOWNS) {
        console.log(`  ${loads} page loads, ${slowdown} × slower …`)
        const starts = await measureStarts(browser, { url: shop.url, loads, slowdown })
        const again = { url: shop.url, again: true, loads, slowdown }
        const { starts: seconds } = await measureStarts(browser, again)
        const calls = await measureCalls(browser, { url: shop.url, loads, slowdown })
        const floors: TagResults['measured'][number]['floors'] = []
        for (const file of ['empty', 'document']) {
          const floor = { url: `${shop.url}floor/${file}`, file: `/${file}.js` }
          const isDone = `document.readyState === 'complete'`
          const { starts } = await measureStarts(browser, { ...floor, isDone, loads, slowdown })
          floors.push(starts)
        }
        measured.push({ slowdown, ...starts, seconds, calls, floors })
      }
      const results: TagResults = {
        date: new Date().toISOString(),
        command,
        machine: machine(),
        browser: await browser.version(),
        load: { start, end: load() },
        loads,
        measured,
      }
      console.log(`\n${pageOf(results)}`)
      await mkdir(RESULTS, { recursive: true })
      await writeFile(new URL('tag.md', RESULTS), pageOf(results))
      await writeFile(new URL('tag.json', RESULTS), `${JSON.stringify(results, null, 2)}\n`)
    } finally {
      await browser.close()
      shop.close()
      await weir.stop()
    }
  } finally {
    await postgres.stop()
  }
}
