/** Serves one of `examples/` to a real browser, as it stands, but for the address and key of Weir. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'puppeteer-core'
import { startTestWeir, type TestWeir } from '../../server/src/testing.ts'
import { shareBrowser } from './browser.ts'
import { addressOf } from './proxy.ts'
import { type Stored, until } from './storefront.ts'

export interface Example {
  url: string
  weir: TestWeir
  tab: Page
  /** Errors of the page and its console. */
  faults: string[]
  /** Everything stored, by time, once there is as much of it. */
  stored(count: number): Promise<Stored[]>
  stop(): Promise<void>
}

const TYPES: { [ending: string]: string } = { '.html': 'text/html', '.js': 'text/javascript' }

/** `folder` of `examples/`, with its `headers.json` if it has one; unknown paths are its `index.html`. */
export const startExample = async (folder: string): Promise<Example> => {
  const [weir, browser] = await Promise.all([startTestWeir(), shareBrowser()])
  const context = await browser.createBrowserContext()
  const home = new URL(`../../../examples/${folder}/`, import.meta.url)
  const pointed = async (name: string): Promise<string> =>
    (await readFile(new URL(name, home), 'utf8'))
      .replaceAll('http://127.0.0.1:8787', weir.url)
      .replaceAll('wk_demo', weir.keys.write)
  const headers = existsSync(fileURLToPath(new URL('headers.json', home)))
    ? JSON.parse(await pointed('headers.json'))
    : {}

  const server = createServer(async (request, response) => {
    const path = `${request.url}`.split('?')[0]!.slice(1)
    const name = path && existsSync(fileURLToPath(new URL(path, home))) ? path : 'index.html'
    response.writeHead(200, {
      'content-type': `${TYPES[extname(name)]}; charset=utf-8`,
      ...headers,
    })
    response.end(await pointed(name))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const faults: string[] = []
  const tab = await context.newPage()
  await tab.evaluateOnNewDocument('window.weirConfig = { bot: false }')
  tab.on('pageerror', (error) => faults.push(String(error)))
  tab.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })

  const readStored = async (): Promise<Stored[]> => {
    const { rows } = await weir.pool.query<Stored>(
      `select event_id as id, name, extract(epoch from at)::float8 * 1000 as at, seq, stream, visitor_id, properties
         from events where site_id = $1 order by events.at, event_id`,
      [weir.site_id],
    )
    return rows
  }

  return {
    url: addressOf(server.address()),
    weir,
    tab,
    faults,
    stored: async (count) => {
      await until(async () => (await readStored()).length >= count)
      return readStored()
    },
    stop: async () => {
      await context.close()
      server.closeAllConnections()
      server.close()
      await weir.stop()
    },
  }
}
