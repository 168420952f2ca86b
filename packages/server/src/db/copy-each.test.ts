import type { PoolClient } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { copyEach } from './copy-each.ts'
import { copyRows } from './copy-rows.ts'

let weir: TestWeir
let client: PoolClient
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false })
})
afterAll(() => weir.stop())
beforeEach(async () => {
  client = await weir.db.timelines.connect()
})
// A connection on which something waits forever is not given back.
afterEach(async () => {
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  client.release()
})

const COUNTED = 'select n, md5(n::text) from generate_series(1, 50000) as n'

it('reads every row, however the network cuts them', async () => {
  let count = 0
  let sum = 0
  await copyEach(client, COUNTED, (bytes, [n, text]) => {
    count++
    sum += n ? bytes.readInt32BE(n.begin) : 0
    if (!text || text.end - text.begin !== 32) throw new Error('a text that is cut')
  })
  expect([count, sum]).toEqual([50_000, (50_000 * 50_001) / 2])
})

it('keeps rows apart that are larger than what the network brings at once', async () => {
  const rows = await copyRows(
    client,
    `select convert_to(repeat(n::text, 300000), 'UTF8') from generate_series(1, 9) as n`,
  )
  expect(rows.map(([bytes]) => [bytes?.length, new Set(bytes).size, bytes?.[0]])).toEqual(
    Array.from({ length: 9 }, (_, n) => [300_000, 1, 49 + n]),
  )
})

it('tells null from empty, and reads no rows', async () => {
  expect(await copyRows(client, `select null::text, ''::text, 'a'::text`)).toEqual([
    [null, Buffer.from(''), Buffer.from('a')],
  ])
  expect(await copyRows(client, 'select 1 where false')).toEqual([])
})

it('fails with what a row failed with, and leaves the connection as good as before', async () => {
  let seen = 0
  const failing = copyEach(client, COUNTED, () => {
    seen++
    throw new RangeError('too late')
  })
  await expect(failing).rejects.toThrow(new RangeError('too late'))
  expect(seen).toBe(1)
})

it('fails with what the database failed with, at the first row or in the middle', async () => {
  await expect(copyRows(client, 'select nothing')).rejects.toThrow('"nothing" does not exist')
  const late = `select 1 / (30000 - n), repeat('x', 100) from generate_series(1, 50000) as n`
  await expect(copyRows(client, late)).rejects.toThrow('division by zero')
})
