import type {
  ExplainAnswer,
  MembersAnswer,
  Problem,
  StoredEvent,
  VisitorEventsAnswer,
} from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Chance } from '../demo/random.ts'
import { type RandomShop, type ShopEvent, startRandomShop } from '../reports/random-shop.fixture.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 9, 1)
const NAMES = ['view', 'view', 'product_view', 'chat', 'add_to_cart', 'purchase'] as const
const VISITORS = 40

const eventOf = (chance: Chance, index: number): ShopEvent => ({
  visitor_id: `visitor-${chance.between(1, VISITORS)}`,
  name: chance.pick(NAMES.map((name) => [name, 1])),
  at: START + chance.between(0, 6 * 24 * 4) * (HOUR_MS / 4),
  properties: { product_id: `sku-${chance.between(1, 3)}`, order_id: `order-${index}` },
})

let shop: RandomShop
beforeAll(async () => {
  shop = await startRandomShop(500, eventOf)
})
afterAll(() => shop.weir.stop())

const range = { from: '2026-10-02', to: '2026-10-05', window: '12h' }
const explain = (body: object) => shop.query<ExplainAnswer>('/v1/query/explain', body)
const visitors = Array.from({ length: VISITORS }, (_, index) => `visitor-${index + 1}`)

describe('who is explained got as far as the list says', () => {
  const stages = ['product_view', 'add_to_cart', 'purchase'].map((name) => ({ events: [name] }))
  it.each([
    { asked: 'in order', question: { funnel: 'storefront' } },
    { asked: 'by one product', question: { stages, hold: 'product_id' } },
    { asked: 'in any order', question: { stages, order: 'any_order' } },
    { asked: 'strictly', question: { stages, order: 'strict' } },
  ])('$asked', async ({ question }) => {
    const asked = { ...question, ...range }
    const told = new Map<string, ExplainAnswer>()
    for (const visitor_id of visitors) told.set(visitor_id, await explain({ ...asked, visitor_id }))
    const reasons = [...told.values()].map(({ stopped }) => stopped?.reason)
    expect(new Set(reasons).size).toBeGreaterThan(2)
    const [first] = told.values()
    for (const { stage } of first?.stages ?? []) {
      const body = { ...asked, stage, limit: 1_000 }
      const { members } = await shop.query<MembersAnswer>('/v1/query/members', body)
      const reached = visitors.filter((id) => told.get(id)?.stages[stage - 1]?.chain.length)
      expect(reached.toSorted()).toEqual(members.map(({ visitor_id }) => visitor_id))
      for (const { visitor_id, entered_at, stages } of members) {
        const chain = told.get(visitor_id)?.stages[stage - 1]?.chain
        expect([chain?.[0]?.at, chain?.at(-1)?.at]).toEqual([entered_at, stages[stage - 1]?.at])
      }
    }
  })
})

describe('a visitor', () => {
  const minutes = (...names: [string, number, object?][]) =>
    names.map(([name, minute, properties = {}]) => ({
      ...{ visitor_id: 'one', name, properties },
      at: Date.UTC(2026, 8, 1) + minute * 60_000,
    }))
  const september = { funnel: 'storefront', from: '2026-09-01', to: '2026-09-02', window: '1h' }

  beforeAll(async () => {
    const events = minutes(
      ['view', 0],
      ['product_view', 10],
      ['add_to_cart', 20, { plan: 'tin' }],
      ['purchase', 95, { order_id: 'late' }],
    )
    const response = await fetch(`${shop.weir.url}/v1/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${shop.weir.keys.secret}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ events }),
    })
    expect(response.status).toBe(202)
  })

  it('who came too late is told by how much, by either address', async () => {
    const posted = await explain({ ...september, visitor_id: 'one' })
    const query = new URLSearchParams(september)
    const got = await shop.weir.ask<ExplainAnswer>(`/v1/visitors/one/explain?${query}`)
    expect({ ...got, as_of: '' }).toEqual({ ...posted, as_of: '' })
    expect(got).toMatchObject({ furthest: 4, converted: false, visit: null, events_left_out: 0 })
    expect(got.stopped).toMatchObject({
      stage: 5,
      name: 'purchase',
      reason: 'window',
      sentence: 'purchase at 2026-09-01T01:35:00.000Z came 35m after the window of 1h had closed.',
      event: { name: 'purchase' },
      late_seconds: 35 * 60,
    })
    expect(got.events.map(({ name, fills, in_chain }) => [name, fills, in_chain])).toEqual([
      ['view', [1], 1],
      ['product_view', [2], 2],
      ['add_to_cart', [4], 3],
      ['purchase', [], null],
    ])
  })

  it('is told which filter an event did not pass', async () => {
    const stages = [
      { events: ['view'] },
      { events: ['add_to_cart'], filters: [{ property: 'plan', op: 'eq', value: 'gold' }] },
    ]
    const { funnel: _, ...day } = september
    const { stopped } = await explain({ ...day, stages, visitor_id: 'one' })
    expect(stopped?.sentence).toBe(
      'add_to_cart at 2026-09-01T00:20:00.000Z does not pass plan eq gold.',
    )
  })

  it('is told all of several reasons', async () => {
    const stages = [
      { events: ['view'] },
      { events: ['purchase'], filters: [{ property: 'plan', op: 'eq', value: 'gold' }] },
    ]
    const { funnel: _, ...day } = september
    const { stopped } = await explain({ ...day, stages, visitor_id: 'one' })
    const it = 'purchase at 2026-09-01T01:35:00.000Z'
    expect(stopped).toMatchObject({
      ...{ reason: 'filter', sentence: `${it} does not pass plan eq gold.`, late_seconds: null },
      besides: [
        {
          reason: 'window',
          sentence: `${it} came 35m after the window of 1h had closed.`,
          event: stopped?.event,
          late_seconds: 35 * 60,
        },
      ],
    })
  })

  it('has its events in pages, from either end, and of a range', async () => {
    const ask = (path: string) =>
      shop.weir.ask<VisitorEventsAnswer>(`/v1/visitors/visitor-1/events?${path}`)
    const own = shop.events.filter(({ visitor_id }) => visitor_id === 'visitor-1')
    const oldest: StoredEvent[] = []
    for (let cursor = ''; ; ) {
      const page = await ask(`order=oldest&limit=4${cursor}`)
      oldest.push(...page.events)
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    expect(oldest.map(({ at }) => Date.parse(at))).toEqual(
      own.map(({ at }) => at).sort((a, b) => a - b),
    )
    expect((await ask('limit=1000')).events).toEqual(oldest.toReversed())
    const some = await ask('order=oldest&from=2026-10-02&to=2026-10-03')
    expect(some.events).toEqual(oldest.filter(({ at }) => at.startsWith('2026-10-02')))
    expect(some.events.length).toBeGreaterThan(0)
    const csv = await fetch(`${shop.weir.url}/v1/visitors/visitor-1/events?format=csv&limit=3`, {
      headers: { authorization: `Bearer ${shop.weir.keys.read}` },
    })
    expect((await csv.text()).split('\r\n')).toHaveLength(1 + 3 + 1)
    expect(csv.headers.get('next-cursor')).not.toBeNull()
  })

  it('of whom nothing is known is not found', async () => {
    const paths = [
      '/v1/visitors/nobody/events',
      `/v1/visitors/nobody/explain?${new URLSearchParams(september)}`,
    ]
    for (const path of paths) {
      const problem = await shop.weir.ask<Problem>(path)
      expect([problem.status, problem.errors[0]?.path]).toEqual([404, 'visitor_id'])
    }
  })
})
