import { type SchemaAnswer, STANDARD_STAGES, schemaAnswer } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.fixture.ts'
import { chanceFrom } from '../demo/random.ts'
import { type Loom, type SentEvent, startLoom } from '../weave/loom.fixture.ts'
import { merge } from '../weave/merge.ts'
import { eventOf } from '../weave/questions.fixture.ts'
import { weave } from '../weave/weave.ts'
import { answerSchema } from './answer-schema.ts'
import type { UsageOptions } from './find-usage.ts'

const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_121)
const DAY_MS = 86_400_000
const START = Date.UTC(2026, 9, 1)
const RANGE = { from: START + DAY_MS / 2, to: START + 4 * DAY_MS }

let loom: Loom
beforeAll(async () => {
  loom = await startLoom()
})
afterAll(() => loom.stop())

const ask = (
  site_id: number,
  options: Partial<UsageOptions> = {},
  range = RANGE,
): Promise<SchemaAnswer> => {
  const site = { id: site_id, name: '', time_zone: 'UTC', origins: null }
  const backend = { db: loom.weir.db, now: () => RANGE.to }
  return answerSchema(backend, site, range, new AbortController().signal, options)
}

const mergeAll = async (site_id: number) => {
  const slotsFor = (events: number) => (events < 30 ? 1 : 16)
  while (await merge(loom.weir.db.timelines, { fan_in: 2, quiet_ms: 0, slotsFor })) {}
  const { rows } = await loom.weir.pool.query(
    'select max(slots) as slots from timelines where site_id = $1 and replaced_by is null',
    [site_id],
  )
  expect(rows).toEqual([{ slots: 16 }])
}

/** Some days of a shop, with bots, lists, and a property that only the oldest day has. */
function anyEvents(): SentEvent[] {
  const chance = chanceFrom(SEED)
  const pick = (count: number) => Math.floor(chance.next() * count)
  return Array.from({ length: 300 }, (_, index) => {
    const at = START + pick(5 * DAY_MS)
    const name = ['view', 'product_view', 'add_to_cart', 'poll'][pick(4)] ?? ''
    return eventOf(`v-${pick(40)}`, at, name, {
      page: `/${pick(15)}`,
      event: index,
      ...(pick(5) === 0 ? { bot: true } : {}),
      ...(pick(9) === 0 ? { cookieless: true } : {}),
      ...(name === 'add_to_cart'
        ? { items: [{ category: 'a' }, { category: `c${pick(3)}` }] }
        : {}),
      ...(at < START + DAY_MS ? { early: 'yes' } : {}),
    })
  })
}

/** Items make lists of what they have. */
function flat({ properties: { items, ...properties }, ...event }: SentEvent): SentEvent {
  const category = Array.isArray(items) && items.map((item) => Object(item).category)
  return { ...event, properties: { ...properties, ...(category ? { category } : {}) } }
}

/** The same counted one by one. */
function counted(events: readonly SentEvent[]) {
  const own = events.map(flat).filter(({ at }) => at >= RANGE.from && at < RANGE.to)
  const seen = own.filter(({ properties }) => !properties.bot && !properties.cookieless)
  const names = [...new Set(seen.map(({ name }) => name))].map((name) => {
    const of = seen.filter((event) => event.name === name)
    const last_at = new Date(Math.max(...of.map(({ at }) => at))).toISOString()
    return { name, events: of.length, last_at }
  })
  const propertyNames = new Set(seen.flatMap(({ properties }) => Object.keys(properties)))
  const properties = [...propertyNames].map((property) => {
    const values = new Map<string, number>()
    const have = seen.filter((event) => property in event.properties)
    for (const event of have) {
      const value = event.properties[property] ?? null
      for (const text of new Set(Array.isArray(value) ? value.map(String) : [String(value)]))
        values.set(text, (values.get(text) ?? 0) + 1)
    }
    return { property, events: have.length, distinct: values.size, values }
  })
  return {
    events: seen.length,
    bot_events: own.filter((event) => event.properties.bot).length,
    cookieless_events: own.filter((event) => event.properties.cookieless).length,
    names,
    properties,
  }
}

const byName = <T extends { name?: string; property?: string }>(list: readonly T[]): T[] =>
  list.toSorted((a, b) => String(a.name ?? a.property).localeCompare(String(b.name ?? b.property)))

function expectCounts(answer: SchemaAnswer, events: readonly SentEvent[]) {
  const want = counted(events)
  expect(answer).toMatchObject({
    events: want.events,
    bot_events: want.bot_events,
    cookieless_events: want.cookieless_events,
    sample: { events: want.events, of: want.events },
  })
  expect(byName(answer.names)).toEqual(byName(want.names))
  const properties = answer.properties.map(({ values, ...rest }) => {
    const all = want.properties.find(({ property }) => property === rest.property)?.values
    for (const { value, events } of values) expect(all?.get(value)).toBe(events)
    const most = [...(all?.values() ?? [])].sort((a, b) => b - a).slice(0, 10)
    expect(values.map(({ events }) => events)).toEqual(most)
    return rest
  })
  expect(byName(properties)).toEqual(byName(want.properties).map(({ values, ...rest }) => rest))
}

describe('the schema', () => {
  it(`counts names and values as one by one: fresh, mixed, woven, merged (seed ${SEED})`, async () => {
    const site_id = loom.newSite()
    const events = anyEvents()
    await loom.send(site_id, events.slice(0, 200))
    expectCounts(await ask(site_id), events.slice(0, 200))
    await weave(loom.weir.db.timelines)
    await loom.send(site_id, events.slice(200))
    expectCounts(await ask(site_id), events)
    await weave(loom.weir.db.timelines)
    expectCounts(await ask(site_id), events)
    await mergeAll(site_id)
    expectCounts(await ask(site_id), events)
  })

  it('counts properties in some days where there are many events, names in all', async () => {
    const site_id = loom.newSite()
    const events = anyEvents()
    await loom.send(site_id, events)
    await weave(loom.weir.db.timelines)
    const {
      sample,
      events: all,
      names,
      properties,
    } = await ask(site_id, { most_sample_events: 100 })
    expect(sample.of).toBe(all)
    expect(sample.events).toBeGreaterThan(30)
    expect(sample.events).toBeLessThan(150)
    expect(names.reduce((sum, { events }) => sum + events, 0)).toBe(all)
    expect(properties.find(({ property }) => property === 'page')?.events).toBe(sample.events)
  })

  it('says when each stage last fired, also before the range, and never of another site', async () => {
    const [site_id, other] = [loom.newSite(), loom.newSite()]
    await loom.send(other, [eventOf('v', START + DAY_MS, 'purchase', { order_id: 'o' })])
    await loom.send(site_id, [
      eventOf('v', START - 100 * DAY_MS, 'chat'),
      eventOf('v', START - 99 * DAY_MS, 'chat', { bot: true }),
      eventOf('v', START - 500 * DAY_MS, 'add_to_cart'),
      eventOf('v', START + 2 * DAY_MS, 'view'),
      eventOf('v', RANGE.to, 'product_view'),
    ])
    for (const isWoven of [false, true]) {
      if (isWoven) await weave(loom.weir.db.timelines)
      const { stages } = await ask(site_id)
      expect(stages.map(({ name }) => name)).toEqual([...STANDARD_STAGES])
      expect(stages[0]).toMatchObject({ events: 1, last_at: '2026-10-03T00:00:00.000Z' })
      expect(stages[2]).toMatchObject({ events: 0, last_at: '2026-06-23T00:00:00.000Z' })
      expect([1, 4].map((stage) => stages[stage]?.last_at)).toEqual([null, null])
    }
    const short = await ask(site_id, { back_days: 50 })
    expect(short).toMatchObject({ looked_back_to: '2026-08-12T00:00:00.000Z' })
    expect(short.stages[2]?.last_at).toBeNull()
  })

  it('does not take a late event of an older day for the last one', async () => {
    const site_id = loom.newSite()
    const chatOn = (day: number) => eventOf(`v-${day}`, START + day * DAY_MS, 'chat')
    await loom.send(site_id, [chatOn(3), chatOn(2)])
    await weave(loom.weir.db.timelines)
    await loom.send(site_id, [chatOn(1)])
    const { stages } = await ask(site_id, {}, { from: START + 5 * DAY_MS, to: START + 6 * DAY_MS })
    expect(stages.find(({ name }) => name === 'chat')).toEqual({
      ...{ name: 'chat', events: 0 },
      last_at: new Date(START + 3 * DAY_MS).toISOString(),
    })
  })

  it('leaves out an event that left the truth', async () => {
    const site_id = loom.newSite()
    const purchase = (visitor: string, by_server: boolean) => ({
      ...eventOf(visitor, START + DAY_MS, 'purchase', { order_id: 'o-1' }),
      order_id: 'o-1',
      by_server,
    })
    await loom.send(site_id, [purchase('page', false)])
    await weave(loom.weir.db.timelines)
    await loom.send(site_id, [purchase('server', true)])
    expect((await ask(site_id)).events).toBe(1)
  })

  it('is asked over HTTP, of the last 30 days unless the range says otherwise', async () => {
    const { weir } = loom
    const events = [{ visitor_id: 'v', name: 'view', at: Date.now() - 60_000 }]
    await call(weir, 'POST', '/v1/events', { key: weir.keys.secret, body: { events } })
    const { status, body } = await call(weir, 'GET', '/v1/schema')
    expect(status).toBe(200)
    const answer = schemaAnswer.parse(body)
    expect(answer.names).toMatchObject([{ name: 'view', events: 1 }])
    expect(Date.parse(answer.to) - Date.parse(answer.from)).toBe(30 * DAY_MS)
    const before = await call(weir, 'GET', '/v1/schema?from=2026-01-01&to=2026-02-01')
    expect(before.body).toMatchObject({ events: 0, from: '2026-01-01T00:00:00.000Z' })
    const wrong = await call(weir, 'GET', '/v1/schema?from=2026-02-30')
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'from' }] } })
  })
})
