import type { Event, Funnel, Range } from '@weir/timeline'
import { oracleTally } from '@weir/timeline/oracle'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { anyFunnel } from '../../../timeline/test/funnels.ts'
import { anyHistory, RANGE } from '../../../timeline/test/histories.ts'
import { plain } from '../../../timeline/test/plain.ts'
import { type Loom, startLoom } from './loom.fixture.ts'
import { type MergeOptions, merge } from './merge.ts'
import { rebuildTimelines } from './rebuild-timelines.ts'
import { sweep } from './sweep.ts'
import { weave } from './weave.ts'

const CASES = howLong(15)
const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_121)
const VISITORS = Array.from({ length: 6 }, (_, index) => `visitor-${index}`)

/** Half of the histories are before midnight, half after it. */
const START = Date.UTC(2026, 9, 6) - 30 * 60_000
const range: Range = { from: RANGE.from + START, to: RANGE.to + START }

/** A day of five events has 16 slots, one of ten has 256. */
const SMALL: Partial<MergeOptions> = {
  fan_in: 2,
  quiet_ms: 0,
  slotsFor: (events) => (events < 5 ? 1 : events < 10 ? 16 : 256),
}

const options = { events_a_range: 1 }
let loom: Loom
beforeAll(async () => {
  loom = await startLoom(options)
})
afterAll(() => loom.stop())

const asked: { site_id: number; funnel: Funnel; expected: unknown }[] = []

/** Cuts a history into batches, and says after which of them is woven, and after which merged. */
const anyCase = fc.record({
  // Up to 1, 16 and 64 ranges: parts are cut coarser and finer than those.
  events_a_range: fc.constantFrom(1_000, 2, 0.4),
  // Parts are read into shared memory, or a range at a time.
  shared_bytes: fc.constantFrom(1_000_000, 0),
  // Whatever is gathered is kept, some of it, or nothing.
  kept_bytes: fc.constantFrom(1_000_000, 1_000_000, 400, 0),
  funnel: anyFunnel(),
  events: anyHistory({ maxLength: 24, visitors: VISITORS }),
  cuts: fc.array(fc.tuple(fc.nat(), fc.constantFrom('wait', 'weave', 'merge')), { maxLength: 5 }),
})

const batchesOf = (events: readonly Event[], cuts: readonly number[]): Event[][] => {
  const bounds = [0, ...cuts.map((cut) => cut % (events.length + 1)).sort((a, b) => a - b)]
  return bounds.map((begin, index) => events.slice(begin, bounds[index + 1] ?? events.length))
}

async function mergeAll(options: Partial<MergeOptions> = SMALL): Promise<number> {
  let merges = 0
  while (await merge(loom.weir.db.timelines, options)) merges++
  return merges
}

it(`counts what brute force counts: fresh, mixed, woven, merged, cut into other slots, swept (seed ${SEED})`, async () => {
  let merges = 0
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ funnel, events, cuts, ...limits }) => {
      Object.assign(options, limits)
      const site_id = loom.newSite()
      const { timelines } = loom.weir.db
      const history = events.map((event) => ({ ...event, at: event.at + START }))
      const expected = plain(oracleTally(funnel, range, history))
      // The second time what is gathered is kept, the third time it is there.
      const check = async (state: string) => {
        for (const time of ['first', 'second', 'third'])
          expect(plain(await loom.ask(site_id, funnel, range)), `${state}, ${time}`).toEqual(
            expected,
          )
      }

      const batches = batchesOf(
        history,
        cuts.map(([cut]) => cut),
      )
      for (const [index, batch] of batches.entries()) {
        await loom.send(site_id, batch)
        const [, next] = cuts[index] ?? []
        if (next === 'weave' || next === 'merge') await weave(timelines)
        if (next === 'merge') merges += await mergeAll()
        const sent = batches.slice(0, index + 1).flat()
        expect(plain(await loom.ask(site_id, funnel, range)), `${sent.length} sent`).toEqual(
          plain(oracleTally(funnel, range, sent)),
        )
      }
      await check('some fresh, some woven')
      await weave(timelines)
      await check('woven')
      merges += await mergeAll()
      await check('merged')
      await sweep(timelines, 0)
      await check('swept')
      asked.push({ site_id, funnel, expected })
    }),
    { numRuns: CASES, seed: SEED },
  )
  expect(merges).toBeGreaterThan(CASES / 2)
}, 300_000)

it('has cut days into 1, 16 and 256 slots, and ends with one weave a day', async () => {
  const { rows } = await loom.weir.pool.query(`
    select distinct slots from timelines where replaced_by is null order by slots`)
  expect(rows.map(({ slots }) => slots)).toEqual([1, 16, 256])
  const { rows: days } = await loom.weir.pool.query(`
    select max(weaves)::integer as most
    from (
      select count(distinct weave) as weaves from timelines where replaced_by is null group by site_id, day
    ) as days`)
  expect(days[0]?.most).toBeLessThanOrEqual(2)
})

it('counts the same of all of them after a rebuild', async () => {
  const before = await countParts()
  await rebuildTimelines(loom.weir.db)
  await sweep(loom.weir.db.timelines, 0)
  expect(await countParts()).not.toEqual(before)
  for (const { site_id, funnel, expected } of asked)
    expect(plain(await loom.ask(site_id, funnel, range))).toEqual(expected)
})

async function countParts() {
  const { rows } = await loom.weir.pool.query(
    'select count(*) as parts, min(weave) as first from timelines',
  )
  return rows[0]
}
