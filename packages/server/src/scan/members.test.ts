/** Lists are as long as what is counted, however the events are stored. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anyFunnel } from '../../../timeline/test/funnels.ts'
import { anyHistory, RANGE } from '../../../timeline/test/histories.ts'
import { holdTable } from '../weave/hold-table.fixture.ts'
import { type Loom, startLoom } from '../weave/loom.fixture.ts'
import { merge } from '../weave/merge.ts'
import { eventOf, from, funnelOf } from '../weave/questions.fixture.ts'
import { weave } from '../weave/weave.ts'
import { openScan, type Scan } from './scan.ts'

const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_121)
const VISITORS = Array.from({ length: 6 }, (_, index) => `visitor-${index}`)
/** Half of the histories are before midnight, half after it. */
const START = Date.UTC(2026, 9, 6) - 30 * 60_000
const NOON = Date.UTC(2026, 9, 5, 12)
const SMALL = {
  fan_in: 2,
  quiet_ms: 0,
  slotsFor: (events: number) => (events < 5 ? 1 : events < 10 ? 16 : 256),
}

const options = { events_a_range: 1, shared_bytes: 1_000_000, limit_ms: 60_000 }
let loom: Loom
let scan: Scan
beforeAll(async () => {
  loom = await startLoom()
  scan = openScan(loom.weir.db.timelines, loom.weir.database_url, 2, options)
})
afterAll(async () => {
  await scan.close()
  await loom.stop()
})

const listReached = async (
  site_id: number,
  funnel: Parameters<Loom['ask']>[1],
  range: { from: number; to: number },
  stage: number,
) => {
  const wish = { stage, who: 'reached', limit: 100 } as const
  const read = { from: range.from, until: range.to - 1 + funnel.window_ms }
  return scan.ask(site_id, 'members', { funnel, range, wish }, read)
}

it(`lists whom it counts: fresh, woven, merged, cut into slots (seed ${SEED})`, async () => {
  const range = { from: RANGE.from + START, to: RANGE.to + START }
  const anyCase = fc.record({
    events_a_range: fc.constantFrom(1_000, 2, 0.4),
    shared_bytes: fc.constantFrom(1_000_000, 0),
    funnel: anyFunnel().map((funnel) => ({ ...funnel, breakdown: null })),
    events: anyHistory({ maxLength: 24, visitors: VISITORS }),
    cut: fc.nat({ max: 24 }),
  })
  let listed = 0
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ funnel, events, cut, events_a_range, shared_bytes }) => {
      Object.assign(options, { events_a_range, shared_bytes })
      const site_id = loom.newSite()
      const history = events.map((event) => ({ ...event, at: event.at + START }))
      const check = async (state: string) => {
        const { stages } = await loom.ask(site_id, funnel, range)
        for (const [place, { count }] of stages.entries()) {
          const { total, members } = await listReached(site_id, funnel, range, place + 1)
          expect([total, members.length], state).toEqual([count, count])
          for (const { visitor } of members) expect(VISITORS).toContain(visitor)
          listed += count
        }
      }
      await loom.send(site_id, history.slice(0, cut))
      await weave(loom.weir.db.timelines)
      await loom.send(site_id, history.slice(cut))
      await check('some woven')
      await weave(loom.weir.db.timelines)
      while (await merge(loom.weir.db.timelines, SMALL));
      await check('merged')
    }),
    { numRuns: 8, seed: SEED },
  )
  expect(listed).toBeGreaterThan(20)
}, 300_000)

it('does not list an event that left the truth, and still knows the others by their ids', async () => {
  const site_id = loom.newSite()
  const purchase = (by_server: boolean) => ({
    ...eventOf('v', NOON + (by_server ? 2 : 1), 'purchase', { order_id: 'a' }),
    order_id: 'a',
    by_server,
  })
  const views = [eventOf('v', NOON, 'view'), eventOf('w', NOON, 'view')]
  await loom.send(site_id, [...views, purchase(false)])
  await weave(loom.weir.db.timelines)
  await loom.send(site_id, [purchase(true)])
  const list = (stage: number) =>
    listReached(site_id, funnelOf('view', 'purchase'), from(NOON, 1_000), stage)
  expect((await list(1)).members.map(({ visitor }) => visitor)).toEqual(['v', 'w'])
  expect((await list(2)).members).toMatchObject([{ visitor: 'v', chain_at: [NOON, NOON + 2] }])
})

it('says that an answer takes too long, and answers the next question', async () => {
  const site_id = loom.newSite()
  await loom.send(site_id, [eventOf('v', NOON, 'view')])
  const list = () => listReached(site_id, funnelOf('view', 'view'), from(NOON, 1_000), 1)
  expect(await list()).toMatchObject({ total: 1 })
  const held = await holdTable(loom.weir.pool, 'names', 'access exclusive')
  await expectTooSlow()
  await held.letGo()
  expect(await list()).toMatchObject({ total: 1 })
  // Read by the threads alone: they are ended, and others started. What was read before would be remembered.
  await loom.send(site_id, [eventOf('later', NOON + 2_000, 'view')])
  const client = await loom.weir.pool.connect()
  await client.query('begin')
  await client.query('lock table events in access exclusive mode')
  await expectTooSlow()
  await client.query('rollback')
  client.release()
  expect(await list()).toMatchObject({ total: 1 })

  async function expectTooSlow() {
    options.limit_ms = 300
    await expect(list()).rejects.toMatchObject({ code: 'too_slow' })
    options.limit_ms = 60_000
  }
})
