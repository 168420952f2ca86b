import type { CartsAnswer, Problem } from '@weir/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Chance } from '../demo/random.ts'
import { type RandomShop, startRandomShop } from '../reports/random-shop.fixture.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 8, 20)
const NAMES = [
  'view',
  'view',
  'add_to_cart',
  'add_to_cart',
  'remove_from_cart',
  'purchase',
] as const

const eventOf = (chance: Chance, index: number) => ({
  visitor_id: `visitor-${chance.between(1, 400)}`,
  name: chance.pick(NAMES.map((name) => [name, 1])),
  at: START + chance.between(0, 19.5 * 24 * 60) * (HOUR_MS / 60),
  properties: {
    product_id: `sku-${chance.between(1, 3)}`,
    price: chance.between(1, 9),
    currency: chance.happens(0.8) ? 'EUR' : 'USD',
    order_id: `order-${index}`,
    items: [],
    ...(chance.happens(0.5) ? { cart_id: `cart-${chance.between(1, 2)}` } : {}),
    ...(chance.happens(0.3) ? { utm_campaign: `campaign-${chance.between(1, 4)}` } : {}),
  },
})

let shop: RandomShop
beforeAll(async () => {
  shop = await startRandomShop(2_500, eventOf, { now: () => Date.UTC(2026, 9, 9, 12) })
})
afterAll(() => shop.weir.stop())

const ask = (from: string, to: string, more = {}) =>
  shop.weir.ask<CartsAnswer>(`/v1/carts?${new URLSearchParams({ from, to, ...more })}`)

type Row = CartsAnswer | NonNullable<CartsAnswer['breakdown']>[number]

/** Every count that the rows have, summed. */
function sumOf(rows: readonly Row[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const [name, value] of rows.flatMap((row) => Object.entries(row)))
    if (typeof value === 'number') sum[name] = (sum[name] ?? 0) + value
  return sum
}

const left = (rows: Pick<CartsAnswer, 'value_left'>[], currency: string) =>
  rows
    .flatMap(({ value_left }) => value_left)
    .filter((one) => one.currency === currency)
    .reduce((sum, { value }) => sum + value, 0)

it('counts every cart once: bought, abandoned or open', async () => {
  const answer = await ask('2026-10-01', '2026-10-10', { idle: '12h' })
  const { carts, bought, abandoned, recovered, open, emptied, rates, question } = answer
  expect(bought + abandoned + open).toBe(carts)
  for (const count of [bought, abandoned - recovered, recovered, open, emptied])
    expect(count).toBeGreaterThan(0)
  expect(rates.abandoned).toMatchObject({ numerator: abandoned, denominator: bought + abandoned })
  expect(rates.recovered).toMatchObject({ numerator: recovered, denominator: abandoned })
  expect(question).toMatchObject({ idle: '12h', breakdown: null, bots: false })
  expect(question.definitions.abandoned).toContain('12h')
})

it('adds up day by day', async () => {
  const whole = await ask('2026-10-01', '2026-10-10')
  const days = await Promise.all(
    Array.from({ length: 9 }, (_, day) =>
      ask(`2026-10-0${day + 1}`, `2026-10-${String(day + 2).padStart(2, '0')}`),
    ),
  )
  expect(sumOf(days)).toEqual(sumOf([whole]))
  expect(left(days, 'EUR')).toBeCloseTo(left([whole], 'EUR'), 2)
})

it('adds up row by row, those beyond the limit included', async () => {
  const whole = await ask('2026-10-01', '2026-10-10', { breakdown: 'utm_campaign' })
  expect(whole.breakdown?.length).toBe(5)
  expect(sumOf(whole.breakdown ?? [])).toEqual(sumOf([whole]))
  for (const currency of ['EUR', 'USD'])
    expect(left(whole.breakdown ?? [], currency)).toBeCloseTo(left([whole], currency), 2)
  const cut = await ask('2026-10-01', '2026-10-10', { breakdown: 'utm_campaign', limit: '2' })
  const { other } = cut
  expect(cut.breakdown).toEqual(whole.breakdown?.slice(0, 2))
  expect(sumOf(whole.breakdown?.slice(2) ?? [])).toMatchObject({ carts: other?.carts })
})

it('is CSV with one row a value', async () => {
  const query = 'from=2026-10-01&to=2026-10-10&breakdown=utm_campaign&limit=2&format=csv'
  const response = await fetch(`${shop.weir.url}/v1/carts?${query}`, {
    headers: { authorization: `Bearer ${shop.weir.keys.read}` },
  })
  const lines = (await response.text()).trimEnd().split('\r\n')
  expect(lines[0]).toMatch(
    /^value,value_is,carts,bought,abandoned,.*,value_left_EUR,value_recovered_EUR/,
  )
  expect(lines).toHaveLength(4)
})

it('names the field that is wrong', async () => {
  const wrong = async (query: string) => {
    const problem = await shop.weir.ask<Problem>(`/v1/carts?from=2026-10-01&to=2026-10-10&${query}`)
    return problem.errors.map(({ path, code }) => `${path} ${code}`)
  }
  expect(await wrong('idle=60d')).toEqual(['idle invalid'])
  expect(await wrong('idle=1')).toEqual(['idle invalid'])
  expect(await wrong('limit=3')).toEqual(['limit invalid'])
})
