import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { holdTable } from '../weave/hold-table.fixture.ts'

const MOST_WAITING = 64

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false })
})
afterAll(() => weir.stop())

const ask = (signal: AbortSignal | null = null) =>
  fetch(`${weir.url}/v1/query/funnel`, {
    method: 'POST',
    headers: { authorization: `Bearer ${weir.keys.read}`, 'content-type': 'application/json' },
    body: JSON.stringify({ funnel: 'storefront', from: '2026-10-01', to: '2026-10-02' }),
    signal,
  })

/** The status of an answer that comes at once, else that none came. */
const askShortly = async () => {
  try {
    return (await ask(AbortSignal.timeout(500))).status
  } catch {
    return 'waits'
  }
}

it('leaves room for others when those who asked go away', async () => {
  expect((await ask()).status).toBe(200)
  const held = await holdTable(weir.pool, 'names', 'access exclusive')
  const first = ask()
  await held.waiting()
  const gone = new AbortController()
  const told: number[] = []
  const others = Array.from({ length: MOST_WAITING + 10 }, () =>
    ask(gone.signal).then(
      ({ status }) => told.push(status),
      () => 'gone',
    ),
  )
  // All that may wait do, the one that is asked just now among them.
  await expect.poll(() => told, { timeout: 20_000 }).toEqual(new Array(11).fill(503))
  gone.abort()
  await Promise.all(others)
  expect(told).toHaveLength(11)
  await expect.poll(askShortly, { timeout: 20_000 }).toBe('waits')
  await held.letGo()
  expect((await first).status).toBe(200)
})
