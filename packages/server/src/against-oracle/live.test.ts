import { liveAnswer, STANDARD_STAGES } from '@weir/contract'
import { eventsSeen } from '@weir/timeline/oracle'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MIDNIGHTS, MINUTE_MS } from './shop-history.fixture.ts'
import {
  SEED,
  type ShopSite,
  type ShopSites,
  siteIn,
  startShopSites,
} from './shop-sites.fixture.ts'

let shops: ShopSites
beforeAll(async () => {
  shops = await startShopSites()
})
afterAll(() => shops.weir.stop())

/** The first message; who leaves the loop closes the connection. */
async function watch({ get }: ShopSite) {
  const response = await get('/v1/live')
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    const [, data] = /^data: (.*)$/m.exec(text) ?? []
    if (data) return liveAnswer.parse(JSON.parse(data))
  }
  throw new Error(`the stream ended: ${text}`)
}

it(`GET /v1/live says who was there in the last minutes (seed ${SEED})`, async () => {
  let visitors = 0
  for (const [number, minute] of [
    [0, 0],
    [1, 10],
    [0, 31],
    [1, 40],
    [0, 90],
  ] as const) {
    const site = siteIn(shops, number)
    const now = (MIDNIGHTS[number] ?? 0) + minute * MINUTE_MS
    shops.clock.now = now
    const people = eventsSeen({ filters: [], bots: false, cookieless: false }, site.events)
    const lately = (minutes: number) =>
      people.filter(({ at }) => at > now - minutes * MINUTE_MS && at <= now)
    const visitorsIn = (some: typeof people) => new Set(some.map(({ visitor }) => visitor)).size
    expect(await watch(site)).toEqual({
      as_of: new Date(now).toISOString(),
      visitors_now: visitorsIn(lately(5)),
      stages: STANDARD_STAGES.map((name) => {
        const own = lately(30).filter((event) => event.name === name)
        return { name, events: own.length, visitors: visitorsIn(own) }
      }),
    })
    visitors += visitorsIn(lately(5))
  }
  expect(visitors).toBeGreaterThan(3)
})
