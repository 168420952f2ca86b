import type { CompareAnswer, FunnelAnswer, Problem } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Chance } from '../demo/random.ts'
import { type RandomShop, startRandomShop } from '../reports/random-shop.fixture.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 9, 1)
const NOW = Date.UTC(2026, 9, 9)
const NAMES = ['view', 'view', 'view', 'product_view', 'chat', 'add_to_cart', 'purchase'] as const

const eventOf = (chance: Chance, index: number) => ({
  visitor_id: `visitor-${chance.between(1, 120)}`,
  name: chance.pick(NAMES.map((name) => [name, 1])),
  at: START + Math.floor(chance.next() * 8 * 24 * HOUR_MS),
  properties: {
    order_id: `order-${index}`,
    plan: `plan-${Math.floor(index / 700)}-${chance.between(1, 3)}`,
  },
})

let shop: RandomShop
beforeAll(async () => {
  shop = await startRandomShop(2_800, eventOf, { now: () => NOW })
})
afterAll(() => shop.weir.stop())

const ask = (more: Record<string, string>) => {
  const query = {
    funnel: 'storefront',
    from: '2026-10-05',
    to: '2026-10-09',
    window: '2d',
    ...more,
  }
  return shop.weir.ask<FunnelAnswer>(`/v1/rates?${new URLSearchParams(query)}`)
}
const compared = async (more: Record<string, string>): Promise<[FunnelAnswer, CompareAnswer]> => {
  const answer = await ask({ compare: 'previous', ...more })
  if (!answer.compare) throw new Error('nothing was compared')
  return [answer, answer.compare]
}
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

describe('a change is explained', () => {
  it.each<Record<string, string>>([
    {},
    { stage: 'add_to_cart' },
    { stage: 'chat' },
    { breakdown: 'plan' },
    { breakdown: 'plan', limit: '2' },
    { breakdown: 'plan', stage: '2', unit: 'visit' },
  ])('by stages and rows that add up to it: %o', async (more) => {
    const [now, { explained, conversion, differences }] = await compared(more)
    const rate = now.conversion.rates.funnel?.rate ?? 0
    const difference = rate - (conversion.rates.funnel?.rate ?? 0)
    expect(Math.abs(difference)).toBeGreaterThan(0)
    expect(explained?.difference).toBe(difference)
    expect(differences[now.question.stage - 1]?.funnel?.difference).toBe(difference)
    const steps = explained?.by_stage.map(({ contribution }) => contribution) ?? []
    expect(Math.abs(sum(steps) - difference)).toBeLessThan(1e-12)
    expect(steps).toEqual(steps.toSorted((a, b) => Math.abs(b) - Math.abs(a)))
    const { breakdown } = now.question
    if (!breakdown) return expect(explained?.by_value).toBeNull()
    const rows = [...(explained?.by_value ?? []), ...(explained?.other ? [explained.other] : [])]
    expect(rows.length).toBe(
      Math.min(breakdown.limit, explained?.by_value?.length ?? 0) + (more.limit ? 1 : 0),
    )
    expect(Math.abs(sum(rows.map(({ mix, rate }) => mix + rate)) - difference)).toBeLessThan(1e-12)
    for (const when of ['now', 'before'] as const) {
      const of = when === 'now' ? now : { conversion }
      const entered = sum(rows.map((row) => row[when].denominator))
      const reached = sum(rows.map((row) => row[when].numerator))
      expect([reached, entered]).toEqual([
        of.conversion.count,
        of.conversion.rates.funnel?.denominator,
      ])
    }
  })

  it('in a sentence', async () => {
    const [, { explained }] = await compared({ breakdown: 'plan' })
    expect(explained?.sentence).toMatch(
      /^The rate (rose|fell) by \d+\.\d\d percentage points; most by the step to \w+, and by plan = plan-\d-\d, through its .*\. The 95 % interval of the change, -\d+\.\d\d to \d+\.\d\d, includes 0: it may be chance\.$/,
    )
  })

  it('as nothing where nobody entered before', async () => {
    const [, { explained }] = await compared({ compare: '2026-01-01..2026-01-02' })
    expect(explained).toBeNull()
  })
})

it('compares those who have had the whole window with those who have', async () => {
  const [now, { mature }] = await compared({})
  expect(mature).toMatchObject({
    until: '2026-10-07T00:00:00.000Z',
    compare_until: '2026-10-05T00:00:00.000Z',
  })
  const then = await ask({ from: '2026-10-01', to: '2026-10-05' })
  const cut = await ask({ to: '2026-10-07' })
  expect(mature?.stages.map(({ count }) => count)).toEqual(then.stages.map(({ count }) => count))
  const last = mature?.differences.at(-1)?.funnel?.difference
  const rateOf = ({ conversion }: FunnelAnswer) => conversion.rates.funnel?.rate ?? 0
  expect(last).toBe(rateOf(cut) - rateOf(then))
  expect(now.mature?.until).toBe('2026-10-07T00:00:00.000Z')
  const [, old] = await compared({ from: '2026-10-03', to: '2026-10-05' })
  expect(old.mature).toBeNull()
  const [, young] = await compared({ from: '2026-10-08' })
  expect(young.mature).toBeNull()
})

describe('one definition', () => {
  it.each(['funnel', 'previous_stage', 'target_action'] as const)(
    '%s is all that is given',
    async (definition) => {
      const [answer] = await compared({
        definition,
        target: 'product_view',
        breakdown: 'plan',
        interval: 'day',
        limit: '2',
      })
      const others = ['funnel', 'previous_stage', 'target_action'].filter(
        (one) => one !== definition,
      )
      let rates = 0
      const check = (value: unknown) => {
        if (typeof value !== 'object' || value === null) return
        const given: Record<string, unknown> = { ...value }
        if ('of_site' in given && 'previous_stage' in given && typeof given.of_site !== 'string') {
          rates++
          for (const other of others) expect(given[other]).toBeNull()
        }
        for (const part of Object.values(given)) check(part)
      }
      check(answer)
      expect(rates).toBeGreaterThan(50)
      expect(answer.compare?.explained === null).toBe(definition !== 'funnel')
    },
  )
})

describe('a stage that is not the last', () => {
  it.each<Record<string, string>>([{}, { breakdown: 'plan' }, { unit: 'visit' }])(
    'is measured in the whole funnel: %o',
    async (more) => {
      const whole = await ask(more)
      const part = await ask({ ...more, stage: 'add_to_cart' })
      expect(part.stages).toEqual(whole.stages)
      expect(part.question).toMatchObject({ stage: 4 })
      expect(part.question.definitions.conversion).toContain('add_to_cart')
      const fourth = whole.stages[3]
      expect(part.conversion).toMatchObject({ count: fourth?.count, time_to_convert: null })
      expect(part.conversion.rates.funnel).toMatchObject({ numerator: fourth?.count })
      expect(part.mature?.rates.funnel?.numerator).toBe(whole.mature?.stages[3]?.count)
      for (const [index, row] of (part.breakdown ?? []).entries())
        expect(row.conversion.count).toBe(whole.breakdown?.[index]?.stages[3]?.count)
    },
  )

  it('is named wrongly', async () => {
    for (const stage of ['1', '6', 'checkout']) {
      const query = `funnel=storefront&from=2026-10-05&to=2026-10-09&stage=${stage}`
      const problem = await shop.weir.ask<Problem>(`/v1/rates?${query}`)
      expect(problem.errors).toMatchObject([{ path: 'stage', code: 'invalid' }])
    }
  })
})
