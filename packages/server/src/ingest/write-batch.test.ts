/** What comes between a statement and its commit, and is nobody's fault. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lowestId } from '../db/months.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { idFrom } from './event-id.ts'
import { startGroupCommit } from './group-commit.ts'
import { newEvent } from './test/new-event.ts'
import { writeBatch } from './write-batch.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false })
})
afterAll(() => weir.stop())

const someoneWaits = () =>
  expect
    .poll(
      async () => (await weir.pool.query('select from pg_locks where not granted')).rows.length,
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0)

it('an event is stored though its month is made just then', async () => {
  const month = Date.UTC(2019, 4)
  const event = { ...newEvent(weir.site_id, 1), event_id: idFrom(month, 'one') }
  const client = await weir.pool.connect()
  await client.query('begin')
  await client.query('lock table events_default in access exclusive mode')
  await client.query('create table events_2019_05 (like events including all)')
  const written = writeBatch(weir.db.ingest, [event])
  await someoneWaits()
  await client.query(`
    alter table events attach partition events_2019_05
    for values from ('${lowestId(month)}') to ('${lowestId(Date.UTC(2019, 5))}')`)
  await client.query('commit')
  client.release()
  expect(await written).toEqual(['accepted'])
  const { rows } = await weir.pool.query('select event_id from events_2019_05')
  expect(rows).toEqual([{ event_id: event.event_id }])
})

it('orders are stored though the database undoes them for the sake of others, and nobody is sent away', async () => {
  const errors: unknown[] = []
  const queue = startGroupCommit(weir.db.ingest, { error: (told: unknown) => errors.push(told) })
  const client = await weir.pool.connect()
  const order = (order_id: string) =>
    client.query('insert into orders (site_id, order_id, by_server) values ($1, $2, true)', [
      weir.site_id,
      order_id,
    ])
  // Found out by the one that began to wait first, and lets others wait: that is the queue's.
  await client.query("set deadlock_timeout = '1min'")
  await client.query('begin')
  await order('o-2')
  const confirmed = { site_id: weir.site_id, order_id: 'o-1' }
  const bought = { ...newEvent(weir.site_id, 2), name: 'purchase', order_id: 'o-2' }
  const written = queue.write([confirmed, bought], 1)
  await someoneWaits()
  await order('o-1')
  await client.query('commit')
  client.release()
  expect(await written).toEqual(['accepted', 'accepted'])
  expect(errors).toEqual([])
})
