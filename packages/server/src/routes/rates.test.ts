import type { FunnelAnswer, Problem, Receipt } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readJson, startTestWeir, type TestWeir } from '../testing.ts'

const MINUTE_MS = 60_000
const OCTOBER = 'from=2026-10-01&to=2026-11-01'
const START = Date.UTC(2026, 9, 5, 12)

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir()
})
afterAll(() => weir.stop())

/** A shop of its own in the same server, whose first `buyers` of `visitors` buy. */
async function shopWith({ visitors, buyers }: { visitors: number; buyers: number }) {
  const made = await fetch(`${weir.url}/v1/sites`, {
    method: 'POST',
    headers: { authorization: `Bearer ${weir.keys.admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Another shop', time_zone: 'UTC' }),
  })
  const { keys }: { keys: { secret: string; read: string } } = await readJson(made)
  for (let first = 0; first < visitors; first += 100) {
    const events = Array.from({ length: 100 }, (_, index) => visitOf(first + index, buyers)).flat()
    const receipt = await send(keys.secret, events)
    expect(receipt).toMatchObject({ accepted: events.length, rejected: [] })
  }
  return keys
}

function visitOf(visitor: number, buyers: number) {
  const names = ['view', 'product_view', 'add_to_cart', 'purchase'].slice(
    0,
    visitor < buyers ? 4 : 1,
  )
  return names.map((name, place) => ({
    visitor_id: `visitor-${visitor}`,
    name,
    at: START + place * MINUTE_MS,
    properties:
      name === 'purchase' ? { order_id: `order-${visitor}`, value: 20, currency: 'EUR' } : {},
  }))
}

async function send(key: string, events: unknown[]): Promise<Receipt> {
  const response = await fetch(`${weir.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  })
  return readJson(response)
}

async function ask<T>(read: string, path: string): Promise<T> {
  const response = await fetch(weir.url + path, { headers: { authorization: `Bearer ${read}` } })
  return readJson(response)
}

describe('the share that converts', () => {
  it.each([
    { visitors: 1_000, buyers: 100, rate: 0.1, low: 0.0829, high: 0.1202 },
    { visitors: 1_000, buyers: 50, rate: 0.05, low: 0.0381, high: 0.0653 },
  ])(
    'is $rate with $buyers purchasers of $visitors visitors',
    async ({ visitors, buyers, ...want }) => {
      const keys = await shopWith({ visitors, buyers })
      const answer = await ask<FunnelAnswer>(keys.read, `/v1/rates?funnel=storefront&${OCTOBER}`)
      const { funnel } = answer.conversion.rates
      expect(funnel).toMatchObject({ numerator: buyers, denominator: visitors, rate: want.rate })
      expect(funnel?.low).toBeCloseTo(want.low, 4)
      expect(funnel?.high).toBeCloseTo(want.high, 4)
      expect(answer.site_visitors).toBe(visitors)
      expect(answer.conversion.revenue).toEqual([
        { currency: 'EUR', orders: buyers, value: buyers * 20, average_order_value: 20 },
      ])
    },
  )

  it('is told by three definitions, each with what was divided by what', async () => {
    const keys = await shopWith({ visitors: 100, buyers: 30 })
    const answer = await ask<FunnelAnswer>(
      keys.read,
      `/v1/rates?funnel=storefront&${OCTOBER}&target=product_view`,
    )
    const { rates } = answer.conversion
    expect(rates.funnel).toMatchObject({ numerator: 30, denominator: 100, rate: 0.3 })
    expect(rates.previous_stage).toMatchObject({ rate: 1, causally_comparable: false })
    expect(rates.target_action).toMatchObject({ numerator: 30, denominator: 30, rate: 1 })
    expect(rates.funnel?.sentence).toBe(
      '30 of 100 visitors who entered at view reached purchase within 7d.',
    )
    expect(
      answer.stages.find(({ name }) => name === 'product_view')?.rates.target_action,
    ).toBeNull()
  })

  it('holds an accepted event in the very next answer', async () => {
    const keys = await shopWith({ visitors: 100, buyers: 0 })
    for (let visitor = 0; visitor < 20; visitor++) {
      await send(keys.secret, visitOf(visitor, 100))
      const answer = await ask<FunnelAnswer>(keys.read, `/v1/rates?funnel=storefront&${OCTOBER}`)
      expect(answer.conversion.count).toBe(visitor + 1)
    }
  })

  it('may be of those with a property whose name and value hold colons', async () => {
    const keys = await shopWith({ visitors: 0, buyers: 0 })
    const values = ['https://a.example:8443/', 'https://b.example/']
    const events = values.map((value, visitor) => ({
      ...{ visitor_id: `v-${visitor}`, name: 'view', at: START },
      properties: { 'og:url': value },
    }))
    await send(keys.secret, events)
    for (const filter of [`og:url:eq:${values[0]}`, 'og:url:contains:a.example:8443']) {
      const path = `/v1/rates?funnel=storefront&${OCTOBER}&filter=${encodeURIComponent(filter)}`
      expect(await ask<FunnelAnswer>(keys.read, path)).toMatchObject({ site_visitors: 1 })
    }
  })

  it('is null, not zero, where nobody entered', async () => {
    const answer = await ask<FunnelAnswer>(weir.keys.read, `/v1/rates?funnel=storefront&${OCTOBER}`)
    expect(answer.conversion.rates.funnel).toMatchObject({ rate: null, low: null, high: null })
  })

  it('never counts another site', async () => {
    const mine = await shopWith({ visitors: 100, buyers: 10 })
    const other = await shopWith({ visitors: 200, buyers: 0 })
    const answer = await ask<FunnelAnswer>(mine.read, `/v1/rates?funnel=storefront&${OCTOBER}`)
    expect(answer.site_visitors).toBe(100)
    expect(
      (await ask<FunnelAnswer>(other.read, `/v1/rates?funnel=storefront&${OCTOBER}`)).conversion
        .count,
    ).toBe(0)
  })

  it('is asked for a saved funnel or for stages, with the same answer', async () => {
    const keys = await shopWith({ visitors: 100, buyers: 10 })
    const response = await fetch(`${weir.url}/v1/query/funnel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.read}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        stages: ['view', 'product_view', 'chat', 'add_to_cart', 'purchase'].map((name) => ({
          events: [name],
          optional: name === 'chat',
        })),
        from: '2026-10-01',
        to: '2026-11-01',
      }),
    })
    const posted: FunnelAnswer = await readJson(response)
    const got = await ask<FunnelAnswer>(keys.read, `/v1/rates?funnel=storefront&${OCTOBER}`)
    expect(posted.stages).toEqual(got.stages)
    expect(posted.stages.map(({ count }) => count)).toEqual([100, 10, 0, 10, 10])
  })
})

describe('breakdown rows', () => {
  it('add up to the total, those beyond the limit included', async () => {
    const keys = await shopWith({ visitors: 100, buyers: 10 })
    const campaigns = ['spring', 'summer', 'autumn', 'winter']
    const events = campaigns.flatMap((campaign, place) =>
      Array.from({ length: place + 1 }, (_, index) => ({
        visitor_id: `${campaign}-${index}`,
        name: 'view',
        at: START,
        properties: { utm_campaign: campaign },
      })),
    )
    await send(keys.secret, events)
    const answer = await ask<FunnelAnswer>(
      keys.read,
      `/v1/rates?funnel=storefront&${OCTOBER}&breakdown=utm_campaign&limit=2`,
    )
    expect(answer.breakdown?.map(({ value, stages }) => [value, stages[0]?.count])).toEqual([
      [null, 100],
      ['winter', 4],
    ])
    expect(answer.other?.stages[0]?.count).toBe(6)
    expect(answer.stages[0]?.count).toBe(110)
  })
})

describe('a mistake', () => {
  beforeAll(async () => {
    const items = [{ category: 'a' }, { category: 'b' }]
    const properties = { order_id: 'with-a-list', items }
    const sent = await send(weir.keys.secret, [
      { visitor_id: 'v', name: 'view', at: START },
      { visitor_id: 'v', name: 'product_view', at: START + 1 },
      { visitor_id: 'v', name: 'add_to_cart', at: START + 2 },
      { visitor_id: 'v', name: 'purchase', at: START + 3, properties },
    ])
    expect(sent.accepted).toBe(4)
  })

  const rates = '/v1/rates?funnel=storefront'
  it.each([
    { name: 'no key', path: `${rates}&${OCTOBER}`, key: '', want: [401, 'key_missing', []] },
    {
      name: 'a wrong key',
      path: `${rates}&${OCTOBER}`,
      key: 'rk_wrong',
      want: [401, 'key_unknown', []],
    },
    {
      name: 'a write key',
      path: `${rates}&${OCTOBER}`,
      key: 'write',
      want: [403, 'key_not_allowed', []],
    },
    {
      name: 'an unknown funnel',
      path: `/v1/rates?funnel=nope&${OCTOBER}`,
      want: [404, 'unknown_funnel', ['funnel unknown_funnel']],
    },
    {
      name: 'dates that are none',
      path: `${rates}&from=2026-02-30&to=yesterday`,
      want: [400, 'invalid_request', ['from invalid_date', 'to invalid_date']],
    },
    {
      name: '`to` before `from`',
      path: `${rates}&from=2026-11-01&to=2026-10-01`,
      want: [400, 'invalid_request', ['to to_before_from']],
    },
    {
      name: 'nothing given, and a word too much',
      path: '/v1/rates?funel=storefront',
      want: [
        400,
        'invalid_request',
        ['from required', 'funel unknown_field', 'funnel required', 'to required'],
      ],
    },
    {
      name: 'a filter of another shape',
      path: `${rates}&${OCTOBER}&filter=device:is:mobile`,
      want: [400, 'invalid_request', ['filter.0 invalid']],
    },
    {
      name: 'a window without a unit',
      path: `${rates}&${OCTOBER}&window=7`,
      want: [400, 'invalid_request', ['window invalid']],
    },
    {
      name: 'a breakdown by lists',
      path: `${rates}&${OCTOBER}&breakdown=category`,
      want: [400, 'invalid_request', ['breakdown list_property']],
    },
    {
      name: 'an attribution that is none, and without a breakdown',
      path: `${rates}&${OCTOBER}&attribution=first`,
      want: [400, 'invalid_request', ['attribution invalid', 'attribution invalid_format']],
    },
    {
      name: 'a definition without its target',
      path: `${rates}&${OCTOBER}&definition=target_action`,
      want: [400, 'invalid_request', ['definition invalid']],
    },
    {
      name: 'the site of somebody else',
      path: `${rates}&${OCTOBER}&site=999999`,
      want: [403, 'key_not_allowed', []],
    },
    {
      name: 'a year without a month',
      path: `${rates}&from=2026&to=20261101`,
      want: [400, 'invalid_request', ['from invalid_date', 'to invalid_date']],
    },
    {
      name: 'NUL in a name',
      path: `/v1/rates?funnel=%00&${OCTOBER}`,
      want: [400, 'invalid_request', ['funnel invalid']],
    },
    { name: 'a broken escape', path: '/%', want: [400, 'invalid_request', []] },
    { name: 'an address that is none', path: '/v1/nothing', want: [404, 'not_found', []] },
  ])('is named: $name', async ({ path, key = 'read', want }) => {
    const bearer = key === 'read' ? weir.keys.read : key === 'write' ? weir.keys.write : key
    const response = await fetch(weir.url + path, {
      headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
    })
    const problem: Problem = await readJson(response)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const fields = problem.errors.map((field) => `${field.path} ${field.code}`).sort()
    expect([response.status, problem.code, fields]).toEqual(want)
    expect(problem.detail).not.toMatch(/\bat .*\.ts/)
  })
})
