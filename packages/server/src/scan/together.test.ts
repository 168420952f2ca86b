import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { holdTable } from '../weave/hold-table.fixture.ts'
import { type Loom, startLoom } from '../weave/loom.fixture.ts'
import { eventOf, from, funnelOf } from '../weave/questions.fixture.ts'
import { weave } from '../weave/weave.ts'
import { countTogether } from './together.ts'
import { MOST_WAITING, makeTurns } from './turns.ts'

const NOON = Date.UTC(2026, 9, 5, 12)
const range = from(NOON, 1_000)
const funnel = funnelOf('view', 'view')
const byItems = { ...funnel, breakdown: { property: 'tag', attribution: 'last_touch' as const } }

let loom: Loom
let site_id: number
beforeAll(async () => {
  loom = await startLoom()
  site_id = loom.newSite()
  await loom.send(site_id, [eventOf('v', NOON, 'view', { items: [{ tag: 'a' }, { tag: 'b' }] })])
})
afterAll(() => loom.stop())

it('answers those who wait in one pass, with all that was acknowledged before each asked', async () => {
  const held = await holdTable(loom.weir.pool, 'names', 'access exclusive')
  const first = loom.ask(site_id, funnel, range)
  await held.waiting()
  const second = loom.ask(site_id, funnel, range)
  await loom.weir.pool.query('select 1')
  const narrower = loom.ask(site_id, funnel, from(NOON + 1, 500))
  await held.letGo()
  expect(await first).toMatchObject({ site_visitors: 1 })
  expect(await second).toMatchObject({ site_visitors: 1 })
  expect(await narrower).toMatchObject({ site_visitors: 0 })
})

it('answers every one of many at once as if it were alone, while events arrive', async () => {
  for (let more = 2; more < 8; more++) {
    await loom.send(site_id, [eventOf(`v${more}`, NOON + more, 'view')])
    const answers = Array.from({ length: 20 }, (_, index) =>
      loom.ask(site_id, funnel, from(NOON, 1 + index)),
    )
    const expected = Array.from({ length: 20 }, (_, index) => ({
      // v at NOON, v2 two milliseconds later, v3 three, up to the newest.
      site_visitors: 1 + Math.max(0, Math.min(more, index) - 1),
    }))
    expect(await Promise.all(answers)).toMatchObject(expected)
  }
})

it('gives everybody his own times, though the next question is counted in the same memory', async () => {
  const own = loom.newSite()
  const steps = Array.from({ length: 40 }, (_, visitor) => [
    eventOf(`v${visitor}`, NOON, 'view'),
    eventOf(`v${visitor}`, NOON + 1 + visitor, 'buy'),
  ])
  await loom.send(own, steps.flat())
  const buying = funnelOf('view', 'buy')
  const askFor = (window_ms: number) => loom.ask(own, { ...buying, window_ms }, range)
  // Over much longer days each, so that none of these is counted together with another.
  const windows = [1, 4, 9, 19].map((days) => days * 86_400_000).concat([10, 20])
  const alone = []
  for (const window_ms of windows) alone.push(await askFor(window_ms))
  expect(await Promise.all(windows.map(askFor))).toEqual(alone)
})

it('counts those of nearly the same days in one pass over all of them, and others alone', async () => {
  const passes: unknown[] = []
  const ask = countTogether(makeTurns(), async ({ reports, days }) => {
    passes.push({ reports: reports.length, ...days })
    return reports.map(() => [])
  })
  const report = (at: number) =>
    ({ kind: 'funnel', funnel, detail: 'all', range: from(at, 1) }) as const
  const days = [
    { first: 100, last: 109 },
    { first: 100, last: 109 },
    { first: 101, last: 112 },
    { first: 100, last: 200 },
    { first: 98, last: 110 },
    { first: 100, last: 115 },
  ]
  await Promise.all(
    days.map((days, at) => ask({ site_id, reports: [report(at)], days }, () => null, undefined)),
  )
  expect(passes).toEqual([
    { reports: 4, first: 98, last: 112 },
    { reports: 1, first: 100, last: 200 },
    { reports: 1, first: 100, last: 115 },
  ])
})

const STORED = howLong(20_000)
const HOUR_MS = 3_600_000

it(`is right for each of 20 askers over ${STORED} events while 2,000 a second arrive`, async () => {
  const own = loom.newSite()
  for (let first = 0; first < STORED; first += 5_000) {
    const before = (number: number) => NOON - 1 - (number % HOUR_MS)
    const events = Array.from({ length: 5_000 }, (_, index) =>
      eventOf(`stored ${first + index}`, before(first + index), 'view'),
    )
    await loom.send(own, events)
  }
  await weave(loom.weir.db.timelines)
  const sent = { begun: 0, acknowledged: 0 }
  let sending = true
  const send = async () => {
    while (sending) {
      const first = sent.begun
      sent.begun += 20
      const events = Array.from({ length: 20 }, (_, index) =>
        eventOf(`visitor ${first + index}`, NOON, 'view'),
      )
      await Promise.all([sleep(10), loom.send(own, events)])
      sent.acknowledged += 20
    }
  }
  const ask = async (asker: number) => {
    for (let number = 0; number < 3; number++) {
      const before = sent.acknowledged
      const { site_visitors } = await loom.ask(
        own,
        funnel,
        from(NOON - HOUR_MS, HOUR_MS + 1 + asker),
      )
      expect(site_visitors).toBeGreaterThanOrEqual(STORED + before)
      expect(site_visitors).toBeLessThanOrEqual(STORED + sent.begun)
      const old = await loom.ask(own, funnel, from(NOON - HOUR_MS, HOUR_MS - 100 * asker))
      const isOld = STORED - Math.min(STORED, 100 * asker)
      expect(old.site_visitors).toBe(isOld)
    }
  }
  // As a server does: who only sends makes every question read all that came since.
  const weaveOften = async () => {
    while (sending) await Promise.all([sleep(500), weave(loom.weir.db.timelines)])
  }
  const [sender, weaver] = [send(), weaveOften()]
  await Promise.all(Array.from({ length: 20 }, (_, asker) => ask(asker)))
  sending = false
  await Promise.all([sender, weaver])
  expect(await loom.ask(own, funnel, range)).toMatchObject({ site_visitors: sent.begun })
})

it('refuses only the question that cannot be answered', async () => {
  const held = await holdTable(loom.weir.pool, 'names', 'access exclusive')
  const first = loom.ask(site_id, funnel, range)
  await held.waiting()
  const wrong = loom.ask(site_id, byItems, range)
  const right = loom.ask(site_id, funnel, range)
  const refused = expect(wrong).rejects.toMatchObject({ errors: [{ code: 'list_property' }] })
  await held.letGo()
  await refused
  await first
  expect(await right).toMatchObject({ site_visitors: 7 })
})

it('lets 64 wait, however much they have in common, and refuses one more at once', async () => {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const ask = countTogether(makeTurns(), async () => {
    await held
    return []
  })
  const question = { site_id, reports: [], days: { first: 1, last: 1 } }
  const askOnce = () => ask(question, () => 'told', undefined)
  const waiting = Array.from({ length: MOST_WAITING }, askOnce)
  await expect(Promise.race([askOnce(), sleep(howLong(5_000))])).rejects.toMatchObject({
    code: 'unavailable',
    headers: { 'retry-after': '2' },
  })
  letGo()
  await Promise.all(waiting)
  expect(await askOnce()).toBe('told')
})
