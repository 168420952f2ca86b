import type { Event } from '@weir/timeline'
import { chanceFrom } from '../demo/random.ts'
import { insertSite } from '../sites/sites.ts'
import { readJson, startTestWeir, type TestWeir } from '../testing.ts'
import { merge } from '../weave/merge.ts'
import { weave } from '../weave/weave.ts'
import { NOW, type ShopEvent, shopHistory, TIME_ZONE } from './shop-history.fixture.ts'

/** For tests: two sites with the same visitors, who did other things there, sent as shops send. */
export interface ShopSites {
  weir: TestWeir
  clock: { now: number }
  sites: ShopSite[]
}

export interface ShopSite {
  /** What is stored, as the oracle takes it. */
  events: SentEvent[]
  get(path: string, headers?: Record<string, string>): Promise<Response>
  ask<T>(path: string): Promise<T>
  query<T>(path: string, body: object): Promise<T>
  post(path: string, body: object, method?: string): Promise<Response>
}

export type SentEvent = Event & Pick<ShopEvent, 'properties' | 'sender'>

/** What a run that failed printed; set to see it again. */
export const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_122)

const AGENTS = {
  server: 'node',
  page: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
  crawler: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
}
/** What is known of an event from who sent it. */
const DERIVED = {
  server: {},
  page: { device: 'mobile', browser: 'Chrome', os: 'Android' },
  crawler: { bot: true },
}
const ERASED = 'visitor-7'

/** Some of the events are woven, some merged, some late, some fresh; some are sent twice. One visitor is erased. */
export async function startShopSites(seed = SEED): Promise<ShopSites> {
  const clock = { now: NOW }
  const weir = await startTestWeir({ weaving: false, now: () => clock.now })
  const made = []
  for (const number of [1, 2]) {
    const { keys } = await insertSite(weir.db.reports, {
      name: `Shop ${number}`,
      time_zone: TIME_ZONE,
      origins: null,
    })
    made.push({ keys, history: shopHistory(10 * seed + number) })
  }
  const timelines = weir.db.timelines
  const settle = [
    () => weave(timelines),
    async () => {
      await weave(timelines)
      while (await merge(timelines, { fan_in: 2, quiet_ms: 0 })) {}
    },
    () => weave(timelines),
    async () => {},
  ]
  const sites = made.map(({ keys }): ShopSite => siteOf(weir, keys.read))
  for (const [part, done] of settle.entries()) {
    for (const [index, { keys, history }] of made.entries()) {
      const site = sites[index]
      const chance = chanceFrom(seed + part)
      for (const sender of ['server', 'page', 'crawler'] as const) {
        const own = history.filter((event) => event.sender === sender)
        const fresh = own.filter((_, place) => place % settle.length === part)
        const again = own.filter((_, place) => place % settle.length < part && chance.happens(0.2))
        const told = await send(weir, keys, sender, [...fresh, ...again])
        if (told.accepted !== fresh.length || told.duplicates !== again.length)
          throw new Error(`of ${fresh.length} new events: ${JSON.stringify(told)}`)
        site?.events.push(...fresh.map(asStored))
      }
    }
    await done()
  }
  for (const [index, { keys }] of made.entries()) {
    const site = sites[index]
    await fetch(`${weir.url}/v1/visitors/${ERASED}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${keys.secret}` },
    })
    if (site) site.events = site.events.filter(({ visitor }) => visitor !== ERASED)
  }
  return { weir, clock, sites }
}

export function siteIn({ sites }: ShopSites, number: number): ShopSite {
  const site = sites[number]
  if (!site) throw new Error(`there is no site ${number}`)
  return site
}

const asStored = ({ visitor, at, name, properties, sender }: ShopEvent): SentEvent => ({
  ...{ visitor, at, name, sender },
  properties: { ...DERIVED[sender], ...properties },
})

interface Told {
  accepted: number
  duplicates: number
  rejected: { code: string }[]
}

async function send(
  weir: TestWeir,
  keys: { write: string; secret: string },
  sender: ShopEvent['sender'],
  events: readonly ShopEvent[],
): Promise<Told> {
  const isServer = sender === 'server'
  const response = await fetch(`${weir.url}/v1/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': AGENTS[sender],
      ...(isServer ? { authorization: `Bearer ${keys.secret}` } : {}),
    },
    body: JSON.stringify({
      ...(isServer ? {} : { key: keys.write, sent_at: NOW }),
      events: events.map(({ id, visitor, at, name, properties }) => ({
        ...{ id, visitor_id: visitor, at, name, properties },
      })),
    }),
  })
  return readJson<Told>(response)
}

function siteOf(weir: TestWeir, key: string): ShopSite {
  const authorization = `Bearer ${key}`
  const get: ShopSite['get'] = (path, headers = {}) =>
    fetch(weir.url + path, { headers: { authorization, ...headers } })
  const post: ShopSite['post'] = (path, body, method = 'POST') =>
    fetch(weir.url + path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return {
    events: [],
    get,
    post,
    ask: async (path) => readGood(await get(path)),
    query: async (path, body) => readGood(await post(path, body)),
  }
}

async function readGood<T>(response: Response): Promise<T> {
  if (response.ok) return readJson<T>(response)
  throw new Error(`${response.status} ${await response.text()}`)
}
