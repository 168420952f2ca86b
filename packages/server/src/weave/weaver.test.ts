import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { readJson, startTestWeir, type TestWeir } from '../testing.ts'
import { holdTable } from './hold-table.fixture.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir()
})
afterAll(() => weir.stop())

const send = async (visitor_id: string) => {
  const response = await fetch(`${weir.url}/v1/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${weir.keys.secret}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ events: [{ visitor_id, name: 'view', at: Date.now() }] }),
  })
  expect(await readJson(response)).toMatchObject({ accepted: 1 })
}

const open = async () => {
  const { rows } = await weir.pool.query(`
    select count(*)::integer as batches from batches where woven is null`)
  return rows[0].batches
}

const waitUntilWoven = () =>
  vi.waitFor(async () => expect(await open()).toBe(0), { timeout: 60_000, interval: 50 })

it('weaves by itself, also after its connection was ended in the middle of it', async () => {
  await send('u')
  await waitUntilWoven()
  const held = await holdTable(weir.pool, 'weaves', 'share')
  await send('v')
  const [pid] = await held.waiting()
  await weir.pool.query('select pg_terminate_backend($1)', [pid])
  await held.letGo()
  await waitUntilWoven()
}, 130_000)
