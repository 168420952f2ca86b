import type { FunnelAnswer, TrendAnswer } from '@weir/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chanceFrom } from '../demo/random.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'

const DAY_MS = 86_400_000
const OCTOBER = Date.UTC(2026, 9, 1)
const NAMES = ['view', 'view', 'view', 'product_view', 'chat', 'add_to_cart', 'purchase'] as const

let weir: TestWeir
beforeAll(async () => {
  // Its days begin at 18:15 UTC.
  weir = await startTestWeir({ time_zone: 'Asia/Kathmandu' })
  const chance = chanceFrom(7)
  const events = Array.from({ length: 3_000 }, (_, index) => ({
    visitor_id: `visitor-${chance.between(1, 300)}`,
    name: chance.pick(NAMES.map((name) => [name, 1])),
    at: OCTOBER + Math.floor(chance.next() * 20 * DAY_MS),
    properties: {
      order_id: `order-${index}`,
      value: 10,
      currency: 'EUR',
      plan: `plan-${index % 3}`,
    },
  }))
  for (let first = 0; first < events.length; first += 500) {
    const response = await fetch(`${weir.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${weir.keys.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events: events.slice(first, first + 500) }),
    })
    expect(response.status).toBe(202)
  }
})
afterAll(() => weir.stop())

const RATES = '/v1/rates?funnel=storefront&target=product_view&breakdown=plan'

it('gives points that equal the funnel asked for their buckets', async () => {
  const range = 'from=2026-10-03&to=2026-10-12'
  const { points } = await weir.ask<FunnelAnswer>(`${RATES}&${range}&interval=day`)
  expect(points).toHaveLength(9)
  expect(points?.[0]?.from).toBe('2026-10-02T18:15:00.000Z')
  for (const { from, to, mature, ...point } of points ?? []) {
    const alone = await weir.ask<FunnelAnswer>(`${RATES}&from=${from}&to=${to}`)
    expect(mature).toBe(true)
    expect(stripped(point)).toEqual(stripped(alone))
  }
})

it('says the same when it is posted', async () => {
  const body = { funnel: 'storefront', from: '2026-10-03', to: '2026-10-12', interval: 'week' }
  const response = await fetch(`${weir.url}/v1/query/trend`, {
    method: 'POST',
    headers: { authorization: `Bearer ${weir.keys.read}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const trend: TrendAnswer = JSON.parse(await response.text())
  const path = '/v1/rates?funnel=storefront&from=2026-10-03&to=2026-10-12&interval=week'
  const { points } = await weir.ask<FunnelAnswer>(path)
  expect(trend.question.interval).toBe('week')
  expect(trend.points).toEqual(points)
})

it('compares with the range before, and gives the difference an interval', async () => {
  const now = await weir.ask<FunnelAnswer>(
    `${RATES}&from=2026-10-08&to=2026-10-12&compare=previous`,
  )
  const then = await weir.ask<FunnelAnswer>(`${RATES}&from=2026-10-04&to=2026-10-08`)
  const { compare } = now
  expect(compare?.conversion.count).toBe(then.conversion.count)
  const last = compare?.differences.at(-1)?.funnel
  const rates = [now, then].map(({ conversion }) => conversion.rates.funnel?.rate ?? Number.NaN)
  expect(last?.difference).toBeCloseTo((rates[0] ?? 0) - (rates[1] ?? 0), 12)
  expect(last?.low).toBeLessThan(last?.difference ?? 0)
  expect(last?.high).toBeGreaterThan(last?.difference ?? 0)
})

/** What a point and an answer have in common. */
const stripped = ({
  stages,
  conversion,
  breakdown,
  other,
}: Pick<FunnelAnswer, 'stages' | 'conversion' | 'breakdown' | 'other'>) =>
  JSON.parse(
    JSON.stringify({ stages, conversion, breakdown, other }, (key, value) =>
      key === 'sentence' ? undefined : value,
    ),
  )
