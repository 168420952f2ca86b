/** What waits while the database does not answer: bounded, refused at once beyond that, and none of it lost. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestWeir, type TestWeir } from '../testing.ts'
import type { NewEvent } from './check-event.ts'
import { type GroupCommit, startGroupCommit } from './group-commit.ts'
import { newEvent } from './test/new-event.ts'

const MOST_ROWS = 20_000
const MB = 1024 * 1024

let weir: TestWeir
let queue: GroupCommit
let number = 0
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false })
})
beforeEach(() => {
  queue = startGroupCommit(weir.db.ingest, { error: () => undefined })
})
afterAll(() => weir.stop())

const some = (count: number): NewEvent[] =>
  Array.from({ length: count }, () => newEvent(weir.site_id, number++))

/** Nothing can be written until it is let go. */
async function holdEvents(): Promise<() => Promise<void>> {
  const client = await weir.pool.connect()
  await client.query('begin')
  await client.query('lock table batches in access exclusive mode')
  return async () => {
    await client.query('commit')
    client.release()
  }
}

const refused = (detail: string) => ({
  code: 'unavailable',
  message: expect.stringContaining(detail),
  headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
})

it('lets 20,000 events wait, refuses one more at once, and stores what waited', async () => {
  const letGo = await holdEvents()
  const writing = Array.from({ length: 10 }, () => queue.write(some(MOST_ROWS / 10), 1))
  await expect(queue.write(some(1), 1)).rejects.toMatchObject(refused('may wait'))
  expect(queue.waiting()).toEqual({ rows: MOST_ROWS, bytes: 10 })
  await letGo()
  const outcomes = (await Promise.all(writing)).flat()
  expect(outcomes).toEqual(Array.from({ length: MOST_ROWS }, () => 'accepted'))
  expect(queue.waiting()).toEqual({ rows: 0, bytes: 0 })
  expect(await queue.write(some(1), 1)).toEqual(['accepted'])
})

it('lets 64 MB wait, however few events they are', async () => {
  const letGo = await holdEvents()
  const writing = [queue.write(some(1), 40 * MB), queue.write(some(1), 24 * MB)]
  await expect(queue.write(some(1), 1)).rejects.toMatchObject(refused('may wait'))
  expect(() => queue.checkRoom()).not.toThrow()
  await letGo()
  expect((await Promise.all(writing)).flat()).toEqual(['accepted', 'accepted'])
})

it('writes all that waits when it is drained, and takes nothing more', async () => {
  const letGo = await holdEvents()
  const writing = queue.write(some(3), 1)
  const drained = queue.drain()
  expect(() => queue.checkRoom()).toThrow('shutting down')
  await expect(queue.write(some(1), 1)).rejects.toMatchObject(refused('shutting down'))
  await letGo()
  expect(await writing).toEqual(['accepted', 'accepted', 'accepted'])
  await drained
})
