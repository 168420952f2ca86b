/** What a browser test needs: a real Weir behind a proxy, and for each test a shop with a shopper. */
import { createServer } from 'node:http'
import type { Browser, BrowserContext, Page } from 'puppeteer-core'
import { readJson, startTestWeir, type TestWeir } from '../../server/src/testing.ts'
import { STUB } from '../src/stub.ts'
import { type Kind, shareBrowser } from './browser.ts'
import { addressOf, type BadWeather, type Seen, startProxy } from './proxy.ts'

/** An event as Postgres holds it. */
export interface Stored {
  id: string
  name: string
  at: number
  seq: number
  stream: string
  visitor_id: string
  properties: { [name: string]: unknown }
}

export interface Shop {
  url: string
  key: string
  read_key: string
  /** The tag's element; `extra` are more attributes. */
  tag: (extra?: string) => string
  /** HTML by path; every other path is a page with stub and tag. */
  pages: { [path: string]: string }
  headers: { [name: string]: string }
  /** The paths that were asked for. */
  asked: string[]
  context: BrowserContext
  /** A new tab, of the shop's own shopper or another one. What goes wrong in it is noted in `faults`. */
  tab(of?: BrowserContext): Promise<Page>
  open(path: string): Promise<Page>
  /** Errors of pages and their consoles, but for what a browser itself says of failed requests. */
  faults: string[]
  stored(): Promise<Stored[]>
  /** The requests to `/v1/events` with this shop's key. */
  seen(): Seen[]
  /** The names stored, by time, once there are as many as these; then compare. */
  names(count: number): Promise<string[]>
}

export interface Storefront {
  weir: TestWeir
  proxy: BadWeather
  browser: Browser
  newShop(): Promise<Shop>
  stop(): Promise<void>
}

export const startStorefront = async (kind?: Kind): Promise<Storefront> => {
  const [weir, browser] = await Promise.all([startTestWeir(), shareBrowser(kind)])
  const proxy = await startProxy(weir.url)
  let stopShop = async () => {}

  const newShop = async (): Promise<Shop> => {
    await stopShop()
    proxy.weather = () => 'pass'
    proxy.seen = []
    const { site, keys } = await newSite(weir)
    const context = await browser.createBrowserContext()
    const server = createServer((request, response) => {
      const path = `${request.url}`.split('?')[0]!
      shop.asked.push(path)
      const type = path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8'
      response.writeHead(200, { 'content-type': type, ...shop.headers })
      response.end(shop.pages[path] ?? page(path, shop.tag()))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stopShop = async () => {
      await context.close()
      server.closeAllConnections()
      server.close()
    }

    const shop: Shop = {
      url: addressOf(server.address()),
      key: keys.write,
      read_key: keys.read,
      tag: (extra = '') =>
        `<script async src="${proxy.url}/weir.js?key=${keys.write}" ${extra}></script>`,
      pages: { '/favicon.ico': '' },
      headers: {},
      asked: [],
      context,
      faults: [],
      tab: async (of = context) => {
        const tab = await of.newPage()
        tab.on('pageerror', (error) => {
          // Firefox's remark on the domains of an IP address; a shop has another one.
          if (!`${error}`.includes('rejected for invalid domain')) shop.faults.push(`${error}`)
        })
        tab.on('console', (message) => {
          const text = message.text()
          if (message.type() === 'error' && !text.startsWith('Failed to load resource')) {
            shop.faults.push(text)
          }
        })
        return tab
      },
      open: async (path) => {
        const tab = await shop.tab()
        await tab.goto(shop.url + path)
        return tab
      },
      stored: async () => {
        const { rows } = await weir.pool.query<Stored>(
          `select event_id as id, name, extract(epoch from at)::float8 * 1000 as at, seq, stream, visitor_id, properties
             from events where site_id = $1 order by events.at, event_id`,
          [site.id],
        )
        return rows
      },
      seen: () => proxy.seen.filter(({ body }) => body.includes(keys.write)),
      names: async (count) => {
        await until(async () => (await shop.stored()).length >= count)
        return (await shop.stored()).map(({ name }) => name)
      },
    }
    return shop
  }

  return {
    weir,
    proxy,
    browser,
    newShop,
    stop: async () => {
      await stopShop()
      await proxy.stop()
      await weir.stop()
    },
  }
}

/** A page of the shop: its title is its path, and it says that it is no bot. */
export const page = (title: string, tag: string, body = ''): string =>
  `<!doctype html><title>${title}</title><script>weirConfig={bot:false};${STUB}</script>${tag}<body>${body}`

/** Waits until it holds, for at most 30 s; then the assertion after it tells what is missing. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  longest = 30_000,
): Promise<void> => {
  for (const end = Date.now() + longest; Date.now() < end && !(await holds()); ) await sleep(25)
}

export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))

const newSite = async (
  weir: TestWeir,
): Promise<{ site: { id: number }; keys: { write: string; read: string } }> =>
  readJson(
    await fetch(`${weir.url}/v1/sites`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${weir.keys.admin}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'A shop', time_zone: 'UTC' }),
    }),
  )
