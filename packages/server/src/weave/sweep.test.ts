import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Loom, startLoom } from './loom.fixture.ts'
import { merge } from './merge.ts'
import { eventOf } from './questions.fixture.ts'
import { sweep } from './sweep.ts'
import { weave } from './weave.ts'

const NOON = Date.UTC(2026, 9, 5, 12)

let loom: Loom
beforeAll(async () => {
  loom = await startLoom()
})
afterAll(() => loom.stop())

/** How many parts were replaced, and how many count. */
async function parts() {
  const { rows } = await loom.weir.pool.query(`
    select
      count(*) filter (where replaced_by is not null)::integer as replaced,
      count(*) filter (where replaced_by is null)::integer as live
    from timelines
    where property = 0`)
  return rows[0]
}

it('keeps replaced parts while a question may need them, and deletes them after that', async () => {
  const { timelines } = loom.weir.db
  const site_id = loom.newSite()
  for (const visitor of ['u', 'v', 'w']) {
    await loom.send(site_id, [eventOf(visitor, NOON, 'view')])
    await weave(timelines)
  }
  expect(await merge(timelines)).toBe(false)
  expect(await merge(timelines, { fan_in: 3 })).toBe(true)
  await sweep(timelines)
  expect(await parts()).toEqual({ replaced: 3, live: 1 })
  await loom.weir.pool.query(`update timelines set replaced_at = replaced_at - interval '601 s'`)
  await sweep(timelines)
  expect(await parts()).toEqual({ replaced: 0, live: 1 })
})

it('forgets weaves of days ago, but never the newest one', async () => {
  const { timelines } = loom.weir.db
  await loom.weir.pool.query(`update weaves set woven_at = woven_at - interval '2 days'`)
  await sweep(timelines)
  const { rows } = await loom.weir.pool.query('select weave from weaves')
  expect(rows).toEqual([{ weave: expect.anything() }])
  await loom.send(loom.newSite(), [eventOf('v', NOON, 'view')])
  await weave(timelines)
  const newest = await loom.weir.pool.query('select max(weave)::integer as weave from weaves')
  expect(newest.rows[0].weave).toBe(Number(rows[0].weave) + 1)
})
