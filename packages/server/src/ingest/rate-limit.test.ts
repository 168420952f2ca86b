import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { openRateLimit } from './rate-limit.ts'

describe('a key', () => {
  const clock = { now: 0 }
  const taken = (limit: ReturnType<typeof openRateLimit>, address: string, tries: number) => {
    let count = 0
    for (let i = 0; i < tries; i++) {
      try {
        limit.check('key', address)
        count++
      } catch {
        break
      }
    }
    return count
  }

  it('may send ten seconds’ worth at once from an address, then its rate', () => {
    const limit = openRateLimit(5, () => clock.now)
    expect(taken(limit, '192.0.2.1', 100)).toBe(50)
    expect(taken(limit, '192.0.2.2', 100)).toBe(50)
    clock.now += 1_000
    expect(taken(limit, '192.0.2.1', 100)).toBe(5)
    clock.now += 3_600_000
    expect(taken(limit, '192.0.2.1', 100)).toBe(50)
  })

  it('takes the addresses of one IPv6 network for one', () => {
    const limit = openRateLimit(1, () => clock.now)
    expect(taken(limit, '2001:db8:1:2::1', 100)).toBe(10)
    expect(taken(limit, '2001:db8:1:2:ffff::9', 100)).toBe(0)
    expect(taken(limit, '2001:db8:1:3::1', 100)).toBe(10)
    expect(taken(limit, '::1', 100)).toBe(10)
  })

  it('has a ceiling, a hundred times as high, from all addresses together', () => {
    const limit = openRateLimit(1, () => clock.now)
    const all = Array.from({ length: 300 }, (_, number) => taken(limit, `10.0.0.${number}`, 10))
    expect(all.reduce((sum, count) => sum + count, 0)).toBe(1_000)
  })
})

describe('a server that limits to one request a second', () => {
  let weir: TestWeir
  const clock = { now: Date.UTC(2026, 10, 5, 12) }
  beforeAll(async () => {
    weir = await startTestWeir({ config: { rate_limit: 1 }, now: () => clock.now })
  })
  afterAll(() => weir.stop())
  const post = (key: string) =>
    fetch(`${weir.url}/v1/events`, { method: 'POST', body: JSON.stringify({ key, events: [] }) })
  const statuses = async (key: string, count: number) => {
    const all: number[] = []
    for (let i = 0; i < count; i++) all.push((await post(key)).status)
    return all
  }

  it('answers 429 and when to come back to a page, and never to the shop’s server', async () => {
    expect(await statuses(weir.keys.write, 11)).toEqual([...Array(10).fill(202), 429])
    const refused = await post(weir.keys.write)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests', status: 429 })
    expect(await statuses(weir.keys.secret, 20)).toEqual(Array(20).fill(202))
    clock.now += 1_000
    expect(await statuses(weir.keys.write, 2)).toEqual([202, 429])
  })

  it('looks up no more than ten keys at once for one address, and goes on for those it knows', async () => {
    clock.now += 3_600_000
    expect((await post(weir.keys.secret)).status).toBe(202)
    const guesses: number[] = []
    for (let i = 0; i < 12; i++) guesses.push((await post(`wk_guess${i}`)).status)
    expect(guesses).toEqual([...Array(9).fill(401), 429, 429, 429])
    expect((await post(weir.keys.secret)).status).toBe(202)
  })
})
