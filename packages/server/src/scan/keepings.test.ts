import { afterAll, beforeAll, expect, it } from 'vitest'
import { eraseVisitor } from '../weave/erase-visitor.ts'
import { type Loom, startLoom } from '../weave/loom.fixture.ts'
import { merge } from '../weave/merge.ts'
import { eventOf, filled, from, funnelOf } from '../weave/questions.fixture.ts'
import { weave } from '../weave/weave.ts'

const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 1)
const DAYS = 12
const VISITORS = 20
const EVERYBODY = VISITORS + 1
const WORTH = { value: 1, currency: 'EUR' }
const VIEWS = DAYS * VISITORS + 1

let loom: Loom
beforeAll(async () => {
  loom = await startLoom()
})
afterAll(() => loom.stop())

const funnel = funnelOf('view', 'purchase')
const visitor = (index: number) => `visitor-${index}`
/** Who viewed and who bought; and how many events those were: one that is counted twice shows. */
const ask = async (site_id: number) => {
  const tally = await loom.ask(site_id, funnel, from(START, DAYS * DAY_MS))
  return [
    ...tally.stages.map(({ count }) => count),
    ...[1, 2].map((stage) => filled(tally, stage).orders),
  ]
}

/** Everybody views something on every day, one on the first only; it is woven, and asked about until it is kept. */
async function newShop(): Promise<number> {
  const site_id = loom.newSite()
  const days = Array.from({ length: DAYS }, (_, day) => START + day * DAY_MS)
  const views = days.flatMap((at) =>
    Array.from({ length: VISITORS }, (_, index) =>
      eventOf(visitor(index), at + index, 'view', WORTH),
    ),
  )
  await loom.send(site_id, [...views, eventOf('once', START, 'view', WORTH)])
  await weave(loom.weir.db.timelines)
  for (const _ of ['first', 'second', 'third'])
    expect(await ask(site_id)).toEqual([EVERYBODY, 0, VIEWS, 0])
  return site_id
}

const late = (index: number, day: number) =>
  eventOf(visitor(index), START + day * DAY_MS + 60_000, 'purchase', WORTH)

it('joins what comes late, fresh, woven and merged', async () => {
  const site_id = await newShop()
  for (const index of [0, 1, 2]) {
    await loom.send(site_id, [late(index, 3), late(VISITORS, 3)])
    expect(await ask(site_id)).toEqual([EVERYBODY, index + 1, VIEWS, index + 1])
    await weave(loom.weir.db.timelines)
    expect(await ask(site_id)).toEqual([EVERYBODY, index + 1, VIEWS, index + 1])
  }
  while (await merge(loom.weir.db.timelines, { fan_in: 2, quiet_ms: 0 }));
  for (const _ of ['replaced', 'again', 'kept'])
    expect(await ask(site_id)).toEqual([EVERYBODY, 3, VIEWS, 3])
})

it('forgets whom the shop erased', async () => {
  const site_id = await newShop()
  await eraseVisitor(loom.weir.db, site_id, 'once')
  for (const state of ['erased', 'woven']) {
    for (const _ of ['first', 'second', 'third'])
      expect(await ask(site_id), state).toEqual([VISITORS, 0, VIEWS - 1, 0])
    await weave(loom.weir.db.timelines)
  }
})

it('keeps the sites apart', async () => {
  const [one, other] = [await newShop(), await newShop()]
  await loom.send(one, [late(0, 3)])
  expect([await ask(one), await ask(other)]).toEqual([
    [EVERYBODY, 1, VIEWS, 1],
    [EVERYBODY, 0, VIEWS, 0],
  ])
})

it('sees no lists of days that are not asked about', async () => {
  const site_id = await newShop()
  const broken = { ...funnel, breakdown: { property: 'tag', attribution: 'entry' as const } }
  const count = async (first: number) => {
    const range = from(START + first * DAY_MS, (DAYS - first) * DAY_MS)
    return (await loom.ask(site_id, broken, range)).stages[0]?.count
  }
  const tagged = (day: number, properties: object) =>
    eventOf('tagged', START + day * DAY_MS, 'view', { ...properties })
  await loom.send(site_id, [
    tagged(0, { items: [{ tag: 'a' }, { tag: 'b' }] }),
    tagged(5, { tag: 'a' }),
  ])
  await weave(loom.weir.db.timelines)
  const plain = { ...funnel, filters: [{ property: 'tag', op: 'ne' as const, value: 'none' }] }
  // Kept with the column, for a question that takes lists.
  for (const _ of ['first', 'second', 'third'])
    await loom.ask(site_id, plain, from(START, DAYS * DAY_MS))
  await expect(count(0)).rejects.toMatchObject({ errors: [{ code: 'list_property' }] })
  expect(await count(1)).toBe(EVERYBODY)
})
