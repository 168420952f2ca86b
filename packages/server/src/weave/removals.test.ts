import { setTimeout as sleep } from 'node:timers/promises'
import { oracleTally } from '@weir/timeline/oracle'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plain } from '../../../timeline/test/plain.ts'
import { chanceFrom } from '../demo/random.ts'
import { eraseVisitor } from './erase-visitor.ts'
import { holdTable } from './hold-table.fixture.ts'
import { type Loom, startLoom } from './loom.fixture.ts'
import { merge } from './merge.ts'
import { eventOf, filled, from, funnelOf } from './questions.fixture.ts'
import { rebuildTimelines } from './rebuild-timelines.ts'
import { sweep } from './sweep.ts'
import { weave } from './weave.ts'

const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_121)
const NOON = Date.UTC(2026, 9, 5, 12)
const HOUR_MS = 3_600_000
const range = from(NOON, HOUR_MS)
const funnel = funnelOf('view', 'purchase')
const SMALL = { fan_in: 2, quiet_ms: 0, slotsFor: (events: number) => (events < 4 ? 1 : 16) }

let loom: Loom
beforeAll(async () => {
  loom = await startLoom({ events_a_range: 3 })
})
afterAll(() => loom.stop())

const timelines = () => loom.weir.db.timelines
const view = (visitor: string) => eventOf(visitor, NOON, 'view')
const purchase = (visitor: string, order_id: string, value: number, by_server: boolean) => ({
  ...eventOf(visitor, NOON + 1, 'purchase', { order_id, value, currency: 'EUR' }),
  order_id,
  by_server,
})
const sold = async (site_id: number) => filled(await loom.ask(site_id, funnel, range), 2)

async function mergeAll() {
  while (await merge(timelines(), SMALL));
}

it('counts the order of the server alone, from the moment on that it is stored', async () => {
  const site_id = loom.newSite()
  // Another order of the same visitor, at the same time, must stay.
  await loom.send(site_id, [view('v'), purchase('v', 'a', 10, false), purchase('v', 'b', 1, false)])
  await weave(timelines())
  expect(await sold(site_id)).toEqual({ orders: 2, value: 11 })
  await loom.send(site_id, [purchase('v', 'a', 20, true)])
  expect(await sold(site_id)).toEqual({ orders: 2, value: 21 })
  await loom.send(site_id, [view('w')])
  await mergeAll()
  expect(await sold(site_id)).toEqual({ orders: 2, value: 21 })
  await weave(timelines())
  expect(await sold(site_id)).toEqual({ orders: 2, value: 21 })
  await mergeAll()
  await sweep(timelines(), 0)
  expect(await sold(site_id)).toEqual({ orders: 2, value: 21 })
  expect(await loom.weir.pool.query('select from removals')).toMatchObject({ rowCount: 0 })
})

it('reads again what an event left while a weave was reading it', async () => {
  const site_id = loom.newSite()
  await loom.send(site_id, [view('v'), purchase('v', 'a', 10, false)])
  const held = await holdTable(loom.weir.pool, 'timelines', 'share')
  const woven = weave(timelines())
  await held.waiting()
  await loom.send(site_id, [purchase('v', 'a', 20, true)])
  await held.letGo()
  expect(await woven).toMatchObject({ events: 2 })
  expect(await sold(site_id)).toEqual({ orders: 1, value: 20 })
})

it('waits for a weave that has just taken the event, and notes that it must go', async () => {
  const site_id = loom.newSite()
  await loom.send(site_id, [view('v'), purchase('v', 'a', 10, false)])
  const held = await holdTable(loom.weir.pool, 'weaves', 'share')
  const woven = weave(timelines())
  await held.waiting()
  let sent = false
  const sending = loom.send(site_id, [purchase('v', 'a', 20, true)]).then(() => {
    sent = true
  })
  await sleep(200)
  expect(sent).toBe(false)
  await held.letGo()
  await Promise.all([woven, sending])
  expect(await sold(site_id)).toEqual({ orders: 1, value: 20 })
  await weave(timelines())
  expect(await sold(site_id)).toEqual({ orders: 1, value: 20 })
})

it(`answers as brute force does over the events that are there, whatever happened (seed ${SEED})`, async () => {
  const chance = chanceFrom(SEED)
  for (let round = 0; round < 6; round++) {
    const site_id = loom.newSite()
    const visitors = ['u', 'v', 'w', 'x']
    const happened: string[] = []
    const steps = {
      send: () => {
        const visitor = visitors[chance.between(0, 3)] ?? ''
        const order_id = `order ${chance.between(1, 6)}`
        const by_server = chance.happens(0.5)
        const value = chance.between(1, 100)
        return loom.send(site_id, [view(visitor), purchase(visitor, order_id, value, by_server)])
      },
      weave: () => weave(timelines()),
      merge: () => merge(timelines(), SMALL),
      erase: () => eraseVisitor(loom.weir.db, site_id, visitors[chance.between(0, 3)] ?? ''),
      sweep: () => sweep(timelines(), 0),
      rebuild: () => rebuildTimelines(loom.weir.db),
    }
    for (let step = 0; step < 40; step++) {
      const name = chance.pick([
        ['send', 12],
        ['weave', 6],
        ['merge', 3],
        ['erase', 1],
        ['sweep', 1],
        ['rebuild', 1],
      ] as const)
      happened.push(name)
      await steps[name]()
      const expected = plain(oracleTally(funnel, range, await eventsOf(site_id)))
      const counted = plain(await loom.ask(site_id, funnel, range))
      expect(counted, happened.join(' ')).toEqual(expected)
    }
  }
}, 180_000)

async function eventsOf(site_id: number) {
  const { rows } = await loom.weir.pool.query<{ properties: Record<string, unknown> } & Row>(
    `
    select visitor_id as visitor, (extract(epoch from at) * 1000)::float8 as at, name, properties
    from events
    where site_id = $1`,
    [site_id],
  )
  return rows
}

interface Row {
  visitor: string
  at: number
  name: string
}
