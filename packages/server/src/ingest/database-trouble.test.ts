/** What a sender is told when the database is in trouble: never that it is to blame, always when to come back. */
import type { Problem } from '@weir/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Called, call } from '../call.fixture.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { holdTable } from '../weave/hold-table.fixture.ts'

const UNAVAILABLE = { status: 503, code: 'unavailable' }

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false, config: { log_level: 'silent' } })
})
afterAll(() => weir.stop())

let number = 0
const send = (key: string, name = 'view') => {
  const event = { visitor_id: 'v', name, at: Date.now(), seq: number++ }
  return call(weir, 'POST', '/v1/events', { key, body: { events: [event] } })
}
const problemOf = ({ text }: Called): Problem => JSON.parse(text)

it.each(['keys', 'names'] as const)(
  'a statement on %s that takes too long: the same again later',
  async (table) => {
    const held = await holdTable(weir.pool, table, 'access exclusive')
    const sending = send(weir.keys.secret, `first at ${table}`)
    const [pid] = await held.waiting()
    // What a statement_timeout does, without waiting for it.
    await weir.pool.query('select pg_cancel_backend($1)', [pid])
    const refused = await sending
    await held.letGo()
    expect(problemOf(refused)).toMatchObject(UNAVAILABLE)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await send(weir.keys.secret, `first at ${table}`)).status).toBe(202)
  },
)

it('a database that may only be read: not ready, and the same again later', async () => {
  const set = async (mode: 'on' | 'off') => {
    const { rows } = await weir.pool.query<{ name: string }>('select current_database() as name')
    await weir.pool.query(
      `alter database ${rows[0]?.name} set default_transaction_read_only = ${mode}`,
    )
    // Those who come again hear of it.
    await weir.pool.query(`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where datname = current_database() and application_name like 'weir%'`)
  }
  await set('on')
  await expect.poll(async () => (await call(weir, 'GET', '/readyz')).status).toBe(503)
  await expect.poll(async () => problemOf(await send(weir.keys.write))).toMatchObject(UNAVAILABLE)
  await set('off')
  await expect.poll(async () => (await call(weir, 'GET', '/readyz')).status).toBe(200)
  await expect.poll(async () => (await send(weir.keys.write)).status).toBe(202)
})

it('a site that was erased a moment ago: its key is none', async () => {
  const key = weir.keys.admin
  const made = await call(weir, 'POST', '/v1/sites', { key, body: { name: 'S', time_zone: 'UTC' } })
  const { site, keys } = JSON.parse(made.text)
  expect((await send(keys.write)).status).toBe(202)
  const path = `/v1/sites/${site.id}?confirm=${site.id}`
  expect((await call(weir, 'DELETE', path, { key })).status).toBeLessThan(300)
  expect(problemOf(await send(keys.write, 'a new name'))).toMatchObject({
    status: 401,
    code: 'key_unknown',
  })
})
