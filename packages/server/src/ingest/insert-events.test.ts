import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestWeir, type TestWeir } from '../testing.ts'
import type { NewEvent } from './check-event.ts'
import { insertEvents } from './insert-events.ts'
import { newEvent } from './test/new-event.ts'

const EVENTS = 1_000
const ROUNDS = 10

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false })
})
afterAll(() => weir.stop())

const eventsOf = (round: number): NewEvent[] =>
  Array.from({ length: EVENTS }, (_, number) => newEvent(weir.site_id, round * EVENTS + number))

it('stores what two writers bring at once, in opposite order, once, and neither waits for the other for ever', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const events = eventsOf(round)
    const inserted = await Promise.all([
      insertEvents(weir.db.ingest, events),
      insertEvents(weir.db.ingest, events.toReversed()),
    ])
    expect(inserted.reduce((sum, { size }) => sum + size, 0)).toBe(EVENTS)
  }
})
