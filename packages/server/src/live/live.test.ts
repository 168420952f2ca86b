import { type LiveAnswer, liveAnswer } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.fixture.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { openWatching } from './watching.ts'

const MINUTE_MS = 60_000
const clock = { now: Date.now() }

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ now: () => clock.now })
})
afterAll(() => weir.stop())

const send = async (events: { visitor_id: string; name: string; ago: number }[]) => {
  const { body } = await call(weir, 'POST', '/v1/events', {
    key: weir.keys.secret,
    body: {
      events: events.map(({ ago, ...event }, seq) => ({
        ...event,
        at: clock.now - ago,
        seq,
        properties: event.name === 'purchase' ? { order_id: `o-${seq}` } : {},
      })),
    },
  })
  expect(body).toMatchObject({ accepted: events.length })
}

/** Reads messages until one is as wanted. */
async function watchFor(isWanted: (answer: LiveAnswer) => boolean): Promise<LiveAnswer> {
  const response = await fetch(`${weir.url}/v1/live`, {
    headers: { authorization: `Bearer ${weir.keys.read}` },
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    const messages = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) =>
      liveAnswer.parse(JSON.parse(data)),
    )
    const found = messages.find(isWanted)
    // Who leaves the loop closes the connection.
    if (found) return found
  }
  throw new Error(`the stream ended: ${text}`)
}

describe('watching', () => {
  it('tells who is there, and what was done lately', async () => {
    await send([
      { visitor_id: 'a', name: 'view', ago: 29 * MINUTE_MS },
      { visitor_id: 'a', name: 'view', ago: MINUTE_MS },
      { visitor_id: 'a', name: 'view', ago: MINUTE_MS },
      { visitor_id: 'b', name: 'view', ago: 4 * MINUTE_MS },
      { visitor_id: 'b', name: 'purchase', ago: 6 * MINUTE_MS },
      { visitor_id: 'c', name: 'poll', ago: 0 },
      { visitor_id: 'd', name: 'view', ago: 31 * MINUTE_MS },
      { visitor_id: 'e', name: 'view', ago: -MINUTE_MS },
    ])
    const answer = await watchFor(() => true)
    expect(answer.visitors_now).toBe(3)
    expect(answer.stages).toEqual([
      { name: 'view', events: 4, visitors: 2 },
      { name: 'product_view', events: 0, visitors: 0 },
      { name: 'chat', events: 0, visitors: 0 },
      { name: 'add_to_cart', events: 0, visitors: 0 },
      { name: 'purchase', events: 1, visitors: 1 },
    ])
    const watched = watchFor(({ visitors_now }) => visitors_now === 4)
    await send([{ visitor_id: 'new', name: 'chat', ago: 0 }])
    expect((await watched).stages[2]).toMatchObject({ events: 1, visitors: 1 })
  })

  it('keeps no server from stopping', async () => {
    const other = await startTestWeir()
    const response = await fetch(`${other.url}/v1/live`, {
      headers: { authorization: `Bearer ${other.keys.read}` },
    })
    const read = response.text()
    const began = performance.now()
    await other.stop()
    expect(performance.now() - began).toBeLessThan(4_000)
    expect(await read).toContain('retry: 5000')
  })
})

describe('those who watch one site', () => {
  const nobody: LiveAnswer = { as_of: '2026-11-01T00:00:00.000Z', visitors_now: 0, stages: [] }

  it('share one question, and hear what is new, or that they are not forgotten', async () => {
    let asked = 0
    const watching = openWatching(async () => ({ ...nobody, visitors_now: Math.min(++asked, 2) }), {
      every_ms: 30,
    })
    const texts = [1, 2, 3].map((site) => {
      const heard = { text: '' }
      watching.watch(Math.min(site, 2)).on('data', (chunk) => {
        heard.text += String(chunk)
      })
      return heard
    })
    await expect.poll(() => texts.every(({ text }) => text.includes('nothing new'))).toBe(true)
    // Three watchers of two sites.
    expect(texts[1]?.text).toBe(texts[2]?.text)
    watching.close()
    const then = asked
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(asked - then).toBeLessThanOrEqual(2)
  })

  it('are so many at most, and are let go after a while', async () => {
    const watching = openWatching(async () => nobody, { most_watchers: 2, longest_ms: 50 })
    const first = watching.watch(1).resume()
    watching.watch(2).resume()
    expect(() => watching.watch(3)).toThrow(/Too many watch/)
    await new Promise((resolve) => first.on('close', resolve))
    await expect.poll(() => watching.watch(3).resume().readable).toBe(true)
    watching.close()
  })

  it('hear that there is no answer, and then the next one', async () => {
    let asked = 0
    const ask = async () => {
      if (++asked === 1) throw new Error('the database is away')
      return nobody
    }
    const watching = openWatching(ask, { every_ms: 20 })
    let text = ''
    watching.watch(1).on('data', (chunk) => {
      text += String(chunk)
    })
    await expect.poll(() => text).toMatch(/: no answer just now\n\ndata: /)
    watching.close()
  })
})
