import { afterAll, beforeAll, expect, it } from 'vitest'
import { holdTable } from '../weave/hold-table.fixture.ts'
import { type Loom, startLoom } from '../weave/loom.fixture.ts'
import { eventOf, from, funnelOf } from '../weave/questions.fixture.ts'

const NOON = Date.UTC(2026, 9, 5, 12)
const range = from(NOON, 1_000)
const funnel = funnelOf('view', 'view')
const ONE = { site_visitors: 1 }

const options = { limit_ms: 60_000 }
let loom: Loom
let site_id: number
beforeAll(async () => {
  loom = await startLoom(options)
  site_id = loom.newSite()
  await loom.send(site_id, [eventOf('v', NOON, 'view')])
})
afterAll(() => loom.stop())

const ask = (signal?: AbortSignal) => loom.ask(site_id, funnel, range, signal)

it('says that an answer takes too long, and answers the next question', async () => {
  expect(await ask()).toMatchObject(ONE)
  const held = await holdTable(loom.weir.pool, 'names', 'access exclusive')
  options.limit_ms = 200
  await expect(ask()).rejects.toMatchObject({ code: 'too_slow' })
  options.limit_ms = 60_000
  await held.letGo()
  expect(await ask()).toMatchObject(ONE)
})

it('does not ask what was taken back while it waited', async () => {
  const held = await holdTable(loom.weir.pool, 'names', 'access exclusive')
  const first = ask()
  await held.waiting()
  const gone = new AbortController()
  const second = ask(gone.signal)
  const third = ask()
  gone.abort()
  await expect(second).rejects.toMatchObject({ code: 'unavailable' })
  await held.letGo()
  expect(await Promise.all([first, third])).toMatchObject([ONE, ONE])
})

it('goes on to the next question when one is taken back in the middle', async () => {
  const held = await holdTable(loom.weir.pool, 'names', 'access exclusive')
  const gone = new AbortController()
  const first = ask(gone.signal)
  await held.waiting()
  gone.abort()
  await expect(first).rejects.toMatchObject({ code: 'unavailable' })
  await held.letGo()
  expect(await ask()).toMatchObject(ONE)
})

it('does not begin with what was taken back before', async () => {
  await expect(ask(AbortSignal.abort())).rejects.toMatchObject({ code: 'unavailable' })
  expect(await ask()).toMatchObject(ONE)
})
