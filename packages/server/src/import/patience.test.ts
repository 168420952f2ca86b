/** What an import waits for, as nobody waits for it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { holdTable } from '../weave/hold-table.fixture.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false, config: { log_level: 'silent' } })
})
afterAll(() => weir.stop())

/** The last line of the answer. */
async function bring(event: object): Promise<unknown> {
  const response = await fetch(`${weir.url}/v1/import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${weir.keys.secret}`,
      'content-type': 'application/x-ndjson',
    },
    body: JSON.stringify({ visitor_id: 'v', at: '2026-10-01T10:00:00Z', ...event }),
  })
  return JSON.parse((await response.text()).trimEnd().split('\n').at(-1) ?? '')
}

const isThere = async (pid: number | undefined): Promise<boolean> =>
  (await weir.pool.query('select from pg_stat_activity where pid = $1', [pid])).rows.length > 0

it.each([
  { table: 'orders', name: 'purchase', properties: { order_id: 'o' } },
  { table: 'batches', name: 'view', properties: {} },
  { table: 'names', name: 'never heard of', properties: {} },
] as const)(
  'a connection that breaks off at $table: the same is done again',
  async ({ table, ...event }) => {
    const held = await holdTable(weir.pool, table, 'access exclusive')
    const brought = bring({ ...event, visitor_id: table })
    const [first] = await held.waiting()
    await weir.pool.query('select pg_terminate_backend($1)', [first])
    await expect.poll(() => isThere(first), { timeout: 60_000 }).toBe(false)
    await held.letGo()
    expect(await brought).toMatchObject({ done: true, accepted: 1, duplicates: 0 })
  },
)

it('half a million events that are not woven: nothing is written until they are', async () => {
  const { rows } = await weir.pool.query<{ batch_id: string }>(
    `insert into batches (site_id, events, lowest, highest)
    values ($1, 500001, gen_random_uuid(), gen_random_uuid())
    returning batch_id`,
    [weir.site_id],
  )
  let isBrought = false
  const brought = bring({ name: 'view' }).finally(() => {
    isBrought = true
  })
  await sleep(1_000)
  expect(isBrought).toBe(false)
  await weir.pool.query('update batches set woven = 1 where batch_id = $1', [rows[0]?.batch_id])
  expect(await brought).toMatchObject({ done: true, accepted: 1 })
})
