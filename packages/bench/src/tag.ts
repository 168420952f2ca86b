/**
 * What the tag costs a page, in a real Chromium whose processor is slowed down four times:
 * 1. Shoppers open three pages with the tag one after the other, each shopper in a new renderer, and each page
 *    is traced until the server has answered for its view. Starting is compiling and running the file, from V8's
 *    trace; what the file puts off to the page's next turn is said apart, and so is what the browser does
 *    on the second page of any script of 1,024 characters or more: it writes down what it compiled.
 * 2. On a page that stands, `weir('add_to_cart', …)` is called ten times, again and again when those are answered for.
 * 3. So that the floor is known: pages with an empty file instead, with one that only asks for
 *    `document.currentScript`, which makes the browser build what stands behind `document`, and with one of the
 *    tag's length that does nothing.
 * Means first: the browser slows a thread down by holding it for some 3 ms now and then, so that work of less
 * than a millisecond takes either as long as it does, or 3 ms more.
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
import { FLOORS, openShop } from './tag/open-shop.ts'
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
        const pages = await measureStarts(browser, { url: shop.url, pages: 3, loads, slowdown })
        const calls = await measureCalls(browser, { url: shop.url, slowdown })
        const floors: TagResults['measured'][number]['floors'] = {}
        for (const name of Object.keys(FLOORS)) {
          const floor = { url: `${shop.url}floor/${name}`, file: `/${name}.js` }
          const isDone = `document.readyState === 'complete'`
          floors[name] = await measureStarts(browser, {
            ...{ ...floor, isDone, loads, slowdown },
            pages: name === 'long' ? 2 : 1,
          })
        }
        measured.push({ slowdown, pages, calls, floors })
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
