/** A year goes by, ten days at a time: months are there before their events, and go when they are too old. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { idFrom } from '../ingest/event-id.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { retain } from '../weave/retain.ts'
import { weave } from '../weave/weave.ts'
import { makeMonthsAhead } from './months.ts'

const DAY_MS = 86_400_000
const START = Date.UTC(2026, 10, 5, 12)
const END = Date.UTC(2027, 10, 5, 12)
const KEPT_DAYS = 60
const clock = { now: START }
let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ now: () => clock.now, weaving: false })
})
afterAll(() => weir.stop())

async function send(id: string): Promise<void> {
  const event = { name: 'view', visitor_id: 'v-1', id, at: clock.now }
  const body = JSON.stringify({ key: weir.keys.secret, events: [event] })
  const response = await fetch(`${weir.url}/v1/events`, { method: 'POST', body })
  expect(await response.json()).toMatchObject({ accepted: 1 })
}
const list = async (sql: string): Promise<unknown[]> =>
  (await weir.pool.query({ text: sql, rowMode: 'array' })).rows.flat()
const months = () =>
  list(`
    select substr(inhrelid::regclass::text, 8)
    from pg_inherits
    where inhparent = 'events'::regclass
    order by 1`)
const inDefault = () => list('select count(*)::int from only events_default')
/** `2026_11`, and so on. */
const monthOf = (now: number, ahead: number): string => {
  const date = new Date(now)
  const month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead))
  return month.toISOString().slice(0, 7).replace('-', '_')
}

it('has each month two months before, takes its rows out of default, and drops it whole', async () => {
  // The id of a page whose clock is a quarter ahead: no month is there for it.
  const early = idFrom(Date.UTC(2027, 1, 10), 'early')
  await send(early)
  expect(await inDefault()).toEqual([1])

  for (; clock.now <= END; clock.now += 10 * DAY_MS) {
    await makeMonthsAhead(weir.db.reports, clock.now)
    await send(idFrom(clock.now, 'in time'))
    await weave(weir.db.timelines)
    await retain(weir.db, KEPT_DAYS, clock.now)
    const ahead = [0, 1, 2].map((count) => monthOf(clock.now, count))
    expect(await months()).toEqual(expect.arrayContaining(ahead))
    // The month of the early one is made when December begins.
    expect(await inDefault()).toEqual([clock.now < Date.UTC(2026, 11) ? 1 : 0])
  }

  // 37 of ten days each, and the early one; seven are young enough.
  const last = clock.now - 10 * DAY_MS
  expect(await list('select count(*)::int from events')).toEqual([7])
  expect(await list('select sum(events)::int from batches')).toEqual([7])
  expect(
    await list(`select sum(events)::int from timelines where property = 0 and replaced_by is null`),
  ).toEqual([7])
  expect(await months()).toEqual([...[-1, 0, 1, 2].map((count) => monthOf(last, count)), 'default'])
})
