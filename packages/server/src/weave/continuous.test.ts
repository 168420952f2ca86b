/**
 * Questions while everything goes on:
 * 1. Senders send batches of known size, one after the other, and count what they sent and what was acknowledged.
 * 2. Two weavers weave and merge without a pause, with small slots, so that days are cut anew all the time.
 * 3. Every answer lies between what was acknowledged before the question and what was sent before the
 *    answer came, and is no smaller than one that was there before the question.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chanceFrom } from '../demo/random.ts'
import { type Loom, startLoom } from './loom.fixture.ts'
import { merge } from './merge.ts'
import { eventOf, filled, from, funnelOf } from './questions.fixture.ts'
import { rebuildTimelines } from './rebuild-timelines.ts'
import { weave } from './weave.ts'

const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_121)
const EVENTS = 6_000
const MOST_EVENTS = 100_000
const MOST_IN_A_BATCH = 60
const DAY_MS = 86_400_000
const NOON = Date.UTC(2026, 9, 5, 12)
const DAYS = 3
const range = from(NOON, DAYS * DAY_MS)
const funnel = funnelOf('view', 'view')
const SMALL = {
  fan_in: 3,
  quiet_ms: 0,
  slotsFor: (events: number) => (events < 200 ? 1 : events < 1_000 ? 16 : 256),
}

let loom: Loom
beforeAll(async () => {
  loom = await startLoom({ events_a_range: 100 })
})
afterAll(() => loom.stop())

it(`never loses an acknowledged event, and never counts one twice (seed ${SEED})`, async () => {
  const chance = chanceFrom(SEED)
  const site_id = loom.newSite()
  const { timelines } = loom.weir.db
  const work = { sent: 0, acknowledged: 0, weaves: 0, merges: 0, answers: 0, mixed: 0 }
  let over = false
  // However quick the machine is: it goes on until enough happened at the same time.
  const isProven = () => Math.min(work.mixed, work.weaves, work.merges) > 5
  const isEnough = (events: number) => events >= MOST_EVENTS || (events >= EVENTS && isProven())
  const busy = () => !over && !isEnough(work.acknowledged)

  async function send() {
    while (!over && !isEnough(work.sent)) {
      const events = Array.from({ length: chance.between(1, MOST_IN_A_BATCH) }, () =>
        eventOf(
          `visitor-${chance.between(1, 300)}`,
          NOON + chance.between(0, DAYS * DAY_MS - 1),
          'view',
          {
            value: 1,
            currency: 'EUR',
          },
        ),
      )
      work.sent += events.length
      await loom.send(site_id, events)
      work.acknowledged += events.length
    }
  }

  async function weaveAndMerge() {
    while (busy()) {
      if ((await weave(timelines)).events > 0) work.weaves++
      if (await merge(timelines, SMALL)) work.merges++
    }
  }

  async function rebuild() {
    while (busy()) {
      const soon = work.acknowledged + EVENTS / 4
      while (busy() && work.acknowledged < soon)
        await new Promise((resolve) => setTimeout(resolve, 20))
      await rebuildTimelines(loom.weir.db)
    }
  }

  let largest = 0
  async function ask() {
    while (busy()) {
      const least = Math.max(work.acknowledged, largest)
      const before = work.weaves + work.merges
      const { orders } = filled(await loom.ask(site_id, funnel, range), 1)
      expect(orders).toBeGreaterThanOrEqual(least)
      expect(orders).toBeLessThanOrEqual(work.sent)
      largest = Math.max(largest, orders)
      work.answers++
      if (work.weaves + work.merges > before) work.mixed++
    }
  }

  // One that fails stops the others.
  const stop = (error: unknown) => {
    over = true
    throw error
  }
  const loops = [send(), send(), weaveAndMerge(), weaveAndMerge(), rebuild(), ask(), ask()]
  const ends = await Promise.allSettled(loops.map((loop) => loop.catch(stop)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  const total = filled(await loom.ask(site_id, funnel, range), 1)
  expect(total).toEqual({ orders: work.sent, value: work.sent })
  // Guards against an empty proof.
  expect(isProven()).toBe(true)
}, 180_000)

it('has every event in one part that counts, and in one only', async () => {
  await weave(loom.weir.db.timelines)
  const { rows } = await loom.weir.pool.query(`
    select
      (select sum(events)::integer from timelines where property = 0 and replaced_by is null) as woven,
      (select count(*)::integer from events) as stored,
      (select count(*)::integer from batches where woven is null) as open`)
  expect(rows[0]).toEqual({ woven: rows[0]?.stored, stored: rows[0]?.stored, open: 0 })
})
