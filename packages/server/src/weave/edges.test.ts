import { oracleTally } from '@weir/timeline/oracle'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plain } from '../../../timeline/test/plain.ts'
import { type Loom, startLoom } from './loom.fixture.ts'
import { merge } from './merge.ts'
import { eventOf, filled, from, funnelOf } from './questions.fixture.ts'
import { weave } from './weave.ts'

const NOON = Date.UTC(2026, 9, 5, 12)
const DAY_MS = 86_400_000
const funnel = funnelOf('view', 'purchase')

let loom: Loom
beforeAll(async () => {
  loom = await startLoom({ events_a_range: 20_000 })
})
afterAll(() => loom.stop())

it('counts nobody on a site without events, and on days without events', async () => {
  const site_id = loom.newSite()
  const nobody = { site_visitors: 0, events: 0 }
  expect(await loom.ask(site_id, funnel, from(NOON, DAY_MS))).toMatchObject(nobody)
  await loom.send(site_id, [eventOf('v', NOON, 'view')])
  await weave(loom.weir.db.timelines)
  for (const days of [-400, -2, 2, 400])
    expect(await loom.ask(site_id, funnel, from(NOON + days * DAY_MS, DAY_MS))).toMatchObject(
      nobody,
    )
  expect(await loom.ask(site_id, funnel, from(NOON, DAY_MS))).toMatchObject({ site_visitors: 1 })
})

it('counts events of 2005 and of tomorrow, woven and not, each on its own day', async () => {
  const site_id = loom.newSite()
  const times = [Date.UTC(2005, 1, 28, 23, 59, 59, 999), NOON, Date.now() + DAY_MS]
  for (const woven of [false, true]) {
    if (woven) await weave(loom.weir.db.timelines)
    else
      await loom.send(
        site_id,
        times.map((at) => eventOf('v', at, 'view')),
      )
    for (const at of times) {
      const tally = await loom.ask(site_id, funnelOf('view', 'view'), from(at, 1))
      expect(tally).toMatchObject({ site_visitors: 1, stages: [{ count: 1 }, { count: 0 }] })
      expect(await loom.ask(site_id, funnel, from(at + 1, 1))).toMatchObject({ site_visitors: 0 })
    }
  }
})

it('takes equal times as one moment, also from several weaves', async () => {
  const site_id = loom.newSite()
  const events = ['purchase', 'view', 'view', 'purchase'].map((name) => eventOf('v', NOON, name))
  const range = from(NOON, DAY_MS)
  for (const event of events) {
    await loom.send(site_id, [event])
    await weave(loom.weir.db.timelines)
  }
  const expected = plain(oracleTally(funnel, range, events))
  expect(plain(await loom.ask(site_id, funnel, range))).toEqual(expected)
  while (await merge(loom.weir.db.timelines, { fan_in: 2, quiet_ms: 0 }));
  expect(plain(await loom.ask(site_id, funnel, range))).toEqual(expected)
})

it('counts every event of a visitor who has 100,000 of them', async () => {
  const site_id = loom.newSite()
  const { timelines } = loom.weir.db
  const money = { value: 1, currency: 'EUR' }
  for (let first = 0; first < 100_000; first += 5_000) {
    const events = Array.from({ length: 5_000 }, (_, index) =>
      eventOf('bot', NOON + (((first + index) * 7_919) % 3_600_000), 'view', money),
    )
    await loom.send(site_id, events)
    if (first === 50_000) await weave(timelines)
  }
  const all = { orders: 100_000, value: 100_000 }
  const views = funnelOf('view', 'view')
  const range = from(NOON, 3_600_000)
  expect(filled(await loom.ask(site_id, views, range), 1)).toEqual(all)
  await weave(timelines)
  expect(filled(await loom.ask(site_id, views, range), 1)).toEqual(all)
  // One visitor is in one slot, however many slots there are.
  while (await merge(timelines, { fan_in: 2, slotsFor: () => 256 }));
  expect(filled(await loom.ask(site_id, views, range), 1)).toEqual(all)
}, 120_000)
