import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeMonth } from '../db/months.ts'
import { idFrom } from '../ingest/event-id.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { retain } from './retain.ts'
import { weave } from './weave.ts'

const DAY_MS = 86_400_000
const now = Date.UTC(2026, 10, 5, 12)
let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ now: () => now, weaving: false })
})
afterAll(() => weir.stop())

const send = async (events: object[]) => {
  const body = JSON.stringify({ key: weir.keys.secret, visitor_id: 'v-1', events })
  const response = await fetch(`${weir.url}/v1/events`, { method: 'POST', body })
  expect(await response.json()).toMatchObject({ rejected: [] })
}
const daysAgo = (days: number, more = {}) => {
  const at = now - days * DAY_MS
  return { name: 'view', at, seq: days, id: idFrom(at, `${days}`), ...more }
}
const list = async (sql: string) => (await weir.pool.query(sql)).rows

it('deletes whole days that are too old, woven or not, and nothing else', async () => {
  await makeMonth(weir.db.reports, Date.UTC(2026, 7))
  await makeMonth(weir.db.reports, Date.UTC(2026, 9))
  // August is a whole month too old; October is in part; July lies in default.
  await send([0, 3, 10, 11, 12, 70, 100].map((days) => daysAgo(days)))
  // One whose id says October, and whose time was today.
  await send([{ ...daysAgo(11), id: idFrom(now - 11 * DAY_MS, 'late'), at: now }])
  await weave(weir.db.timelines)
  // Not woven yet.
  await send([daysAgo(20), daysAgo(1)])

  expect(await retain(weir.db, 10, now)).toBe(5)

  const left = await list('select seq from events order by at, seq')
  expect(left.map(({ seq }) => seq)).toEqual([10, 3, 1, 0, 11])
  expect(await list(`select to_regclass('events_2026_08') as dropped`)).toEqual([{ dropped: null }])
  expect(
    await list(
      `select day::text from timelines where property = 0 and replaced_by is null order by 1`,
    ),
  ).toEqual([{ day: '2026-10-26' }, { day: '2026-11-02' }, { day: '2026-11-05' }])
  expect(
    await list(`
      with counted as (select batch_id, count(*)::int as events from events group by batch_id)
      select batch_id from batches left join counted using (batch_id)
      where batches.events <> coalesce(counted.events, 0)`),
  ).toEqual([])
  await weave(weir.db.timelines)
  const from = new Date(now - 200 * DAY_MS).toISOString()
  const to = new Date(now + DAY_MS).toISOString()
  const answer = await weir.ask<{ stages: { count: number }[] }>(
    `/v1/rates?funnel=storefront&unit=visit&window=1s&from=${from}&to=${to}`,
  )
  expect(answer.stages[0]?.count).toBe(4)
  expect(await retain(weir.db, 10, now)).toBe(0)
})

it('deletes with them what was noted of events that are not stored', async () => {
  await weir.pool.query(
    `insert into set_aside
    select $1, 'a', days, 'v', $2::timestamptz - days * interval '1 day'
    from unnest(array[3, 30]) as days`,
    [weir.site_id, new Date(now)],
  )
  await weir.pool.query(
    `insert into quarantine (site_id, received_at, seq, code, message)
    select $1, $2::timestamptz - days * interval '1 day', days, 'name_required', ''
    from unnest(array[3, 30]) as days`,
    [weir.site_id, new Date(now)],
  )
  await retain(weir.db, 10, now)
  expect(await list('select seq from set_aside')).toEqual([{ seq: 3 }])
  expect(await list('select seq from quarantine')).toEqual([{ seq: 3 }])
})
