import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { describeSchema } from './describe-schema.ts'
import { migrate } from './migrate.ts'
import { makeMonthsAhead } from './months.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir()
})
afterAll(() => weir.stop())

it('is what schema.txt says (vitest -u writes it anew)', async () => {
  await expect(await describeSchema(weir.db.reports)).toMatchFileSnapshot('schema.txt')
})

it('is migrated by several servers at once, and again, without harm', async () => {
  await Promise.all([1, 2, 3].map(() => migrate(weir.db.url)))
})

it('never sorts properties for the planner, in any month', async () => {
  await makeMonthsAhead(weir.db.reports, Date.UTC(2032, 0))
  const { rows } = await weir.pool.query(
    `select attrelid::regclass::text as month
     from pg_attribute
     join pg_inherits on inhrelid = attrelid
     where inhparent = 'events'::regclass
       and attname = 'properties'
       and attstattarget is distinct from 0`,
  )
  expect(rows).toEqual([])
})

it('moves what the default partition holds into a month that is made for it', async () => {
  const at = Date.UTC(2031, 4, 20)
  const event_id = `${at
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-')}-7000-8000-000000000001`
  await weir.pool.query(
    `insert into events (site_id, visitor_id, event_id, batch_id, at, name, properties)
     values ($1, 'v', $2, 1, now(), 'view', '{}')`,
    [weir.site_id, event_id],
  )
  await makeMonthsAhead(weir.db.reports, at)
  const { rows } = await weir.pool.query(
    'select tableoid::regclass::text as place from events where event_id = $1',
    [event_id],
  )
  expect(rows).toEqual([{ place: 'events_2031_05' }])
})
