import type { StoredEvent, VisitorEventsAnswer } from '@weir/contract'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { anyRange } from './any-question.fixture.ts'
import { addressOf } from './saved-question.fixture.ts'
import {
  SEED,
  type SentEvent,
  type ShopSites,
  siteIn,
  startShopSites,
} from './shop-sites.fixture.ts'

let shops: ShopSites
beforeAll(async () => {
  shops = await startShopSites()
})
afterAll(() => shops.weir.stop())

const anyWish = fc.record({
  site: fc.nat({ max: 1 }),
  visitor: fc.nat(),
  range: fc.option(anyRange()),
  order: fc.constantFrom('newest', 'oldest'),
  limit: fc.constantFrom(1, 3, 100),
})

it(`GET /v1/visitors/{visitor_id}/events lists what was sent of them (seed ${SEED})`, async () => {
  let events = 0
  await fc.assert(
    fc.asyncProperty(anyWish, async ({ range, order, limit, ...wish }) => {
      const site = siteIn(shops, wish.site)
      const visitors = [...new Set(site.events.map(({ visitor }) => visitor))]
      const visitor = visitors[wish.visitor % visitors.length] ?? ''
      const expected = site.events.filter(
        (event) =>
          event.visitor === visitor &&
          (range === null || (event.at >= range.ms.from && event.at < range.ms.to)),
      )
      const { from, to } = range?.text ?? {}
      const query = {
        ...{ order, limit: String(limit) },
        ...(range ? { from: String(from), to: String(to) } : {}),
      }
      const listed: StoredEvent[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const path = addressOf(`/v1/visitors/${visitor}/events`, {
          ...query,
          ...(cursor ? { cursor } : {}),
        })
        const page: VisitorEventsAnswer = await site.ask(path)
        const csv = await site.get(path, { accept: 'text/csv' })
        const rows: Record<string, string>[] = parse(await csv.text(), { columns: true })
        expect(rows.map(({ id }) => id)).toEqual(page.events.map(({ id }) => id))
        expect(csv.headers.get('next-cursor')).toBe(page.next)
        expect(page.events.length).toBeLessThanOrEqual(limit)
        listed.push(...page.events)
        cursor = page.next
      }
      events += listed.length
      const times = listed.map(({ at }) => at)
      expect(times).toEqual(
        order === 'oldest' ? times.toSorted() : times.toSorted((a, b) => (a < b ? 1 : -1)),
      )
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)
      expect(listed.map(({ name, at, properties }) => plain(name, at, properties)).sort()).toEqual(
        expected.map(plainSent).sort(),
      )
    }),
    { numRuns: howLong(25), seed: SEED },
  )
  expect(events).toBeGreaterThan(50)
})

/** What a User-Agent says of a browser is not this test's; a database keeps names in a sequence of its own. */
const plain = (name: string, at: string, properties: StoredEvent['properties']) => {
  const { browser, os, device, ...own } = properties
  return JSON.stringify([name, at, inOrder(device === 'mobile' ? { ...own, device } : own)])
}

const plainSent = ({ name, at, properties: { browser, os, ...properties } }: SentEvent) =>
  JSON.stringify([name, new Date(at).toISOString(), inOrder(properties)])

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const own = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return own.map(([name, one]) => [name, inOrder(one)])
}
