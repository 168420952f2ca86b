import { type SchemaAnswer, STANDARD_STAGES } from '@weir/contract'
import { eventsSeen, valuesOf } from '@weir/timeline/oracle'
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

const PEOPLE = { filters: [], bots: false, cookieless: false }

it(`GET /v1/schema counts what was sent (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(anyRange(), fc.nat({ max: 1 }), async ({ ms, text }, number) => {
      const { ask, events } = siteIn(shops, number)
      const query = { from: String(text.from), to: String(text.to) }
      const answer = await ask<SchemaAnswer>(addressOf('/v1/schema', query))
      const inRange = events.filter(({ at }) => at >= ms.from && at < ms.to)
      const people = eventsSeen(PEOPLE, events)
      const own = eventsSeen(PEOPLE, inRange)
      const is = (property: string) => (event: SentEvent) =>
        String(event.properties[property]) === 'true'
      expect(answer).toMatchObject({
        from: new Date(ms.from).toISOString(),
        to: new Date(ms.to).toISOString(),
        events: own.length,
        bot_events: inRange.filter(is('bot')).length,
        cookieless_events: inRange.filter(is('cookieless')).length,
        sample: { events: own.length, of: own.length },
      })
      const named = (some: readonly SentEvent[], name: string) =>
        some.filter((event) => event.name === name)
      const names = new Set(own.map(({ name }) => name))
      expect(answer.names.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
        [...names].sort().map((name) => ({
          ...{ name, events: named(own, name).length },
          last_at: lastOf(named(own, name)),
        })),
      )
      // Also before the range.
      const known = people.filter(({ at }) => at < ms.to)
      expect(answer.stages).toEqual(
        STANDARD_STAGES.map((name) => ({
          ...{ name, events: named(own, name).length },
          last_at: lastOf(named(known, name)),
        })),
      )
      for (const { property, ...use } of answer.properties)
        expect([property, use]).toEqual([property, useOf(own, property, use.values)])
      const used = new Set(own.flatMap(propertiesOf))
      expect(answer.properties.map(({ property }) => property).sort()).toEqual([...used].sort())
    }),
    { numRuns: howLong(20), seed: SEED },
  )
})

function lastOf(events: readonly SentEvent[]): string | null {
  const last = Math.max(...events.map(({ at }) => at))
  return events.length === 0 ? null : new Date(last).toISOString()
}

/** Of items each of theirs. */
const propertiesOf = ({ properties: { items, ...own } }: SentEvent): string[] => [
  ...Object.keys(own),
  ...(Array.isArray(items) ? items.flatMap((item: object) => Object.keys(item)) : []),
]

/** Which of several as common values are shown is nobody's promise. */
function useOf(
  events: readonly SentEvent[],
  property: string,
  shown: readonly { value: string }[],
) {
  const texts = events.map((event) => new Set(valuesOf(event, property).map(String)))
  const countOf = (value: string) => texts.filter((own) => own.has(value)).length
  const values = [...new Set(texts.flatMap((own) => [...own]))]
  const counts = values.map(countOf).sort((a, b) => b - a)
  const expected = shown.map(({ value }) => ({ value, events: countOf(value) }))
  expect(expected.map((one) => one.events)).toEqual(counts.slice(0, 10))
  return {
    events: texts.filter((own) => own.size > 0).length,
    distinct: values.length,
    values: expected,
  }
}
