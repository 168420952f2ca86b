import type { FunnelAnswer, MembersAnswer, Problem } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Chance } from '../demo/random.ts'
import { type RandomShop, startRandomShop } from '../reports/random-shop.fixture.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 9, 1)
const NAMES = ['view', 'view', 'product_view', 'chat', 'add_to_cart', 'purchase'] as const

const eventOf = (chance: Chance, index: number) => ({
  visitor_id: `visitor-${chance.between(1, 250)}`,
  name: chance.pick(NAMES.map((name) => [name, 1])),
  // Whole quarters of hours: many events of one moment.
  at: START + chance.between(0, 6 * 24 * 4) * (HOUR_MS / 4),
  properties: {
    product_id: `sku-${chance.between(1, 3)}`,
    order_id: `order-${index}`,
    ...(chance.happens(0.3)
      ? {
          utm_campaign: chance.pick([
            ['a', 1],
            ['b', 1],
            ['', 1],
          ]),
        }
      : {}),
    ...(chance.happens(0.05) ? { bot: true } : {}),
  },
})

let shop: RandomShop
beforeAll(async () => {
  shop = await startRandomShop(2_500, eventOf)
})
afterAll(() => shop.weir.stop())

const range = { from: '2026-10-02', to: '2026-10-05', window: '2d' }
const required = ['product_view', 'add_to_cart', 'purchase'].map((name) => ({ events: [name] }))
const list = (body: object) => shop.query<MembersAnswer>('/v1/query/members', body)

/** Every page, one after the other. */
async function listAll(body: object): Promise<MembersAnswer['members']> {
  const members = []
  for (let cursor: string | undefined; ; ) {
    const page = await list({ ...body, limit: 70, ...(cursor ? { cursor } : {}) })
    members.push(...page.members)
    expect(page.members.length).toBeLessThanOrEqual(70)
    if (page.next === null) return members
    cursor = page.next
  }
}

describe('a list is as long as its count', () => {
  it.each([
    { asked: 'with an optional stage', question: { funnel: 'storefront' } },
    { asked: 'in any order', question: { stages: required, order: 'any_order' } },
    { asked: 'strictly', question: { stages: required, order: 'strict' } },
    { asked: 'of visits', question: { stages: required.slice(0, 2), unit: 'visit' } },
    { asked: 'by one product', question: { stages: required.slice(1), hold: 'product_id' } },
    {
      asked: 'with an exclusion and filters',
      question: {
        stages: required,
        exclusions: [{ events: ['chat'] }],
        filters: [{ property: 'product_id', op: 'ne', value: 'sku-3' }],
        bots: true,
      },
    },
  ])('$asked', async ({ question }) => {
    const asked = { ...question, ...range }
    const funnel = await shop.query<FunnelAnswer>('/v1/query/funnel', asked)
    expect(funnel.stages.at(-1)?.count).toBeGreaterThan(0)
    for (const { stage, name, count, drop_off } of funnel.stages) {
      const reached = await listAll({ ...asked, stage })
      const { total } = await list({ ...asked, stage: name, limit: 1 })
      expect([reached.length, total]).toEqual([count, count])
      expect(new Set(reached.map((one) => `${one.visitor_id} ${one.entered_at}`)).size).toBe(count)
      expect(reached.filter(({ stages }) => stages[stage - 1]?.at === null)).toEqual([])
      if (drop_off) {
        const dropped = await list({ ...asked, stage, who: 'dropped' })
        expect(dropped.total).toBe(drop_off.count)
      }
    }
  })

  it('of every row of a breakdown', async () => {
    const asked = { funnel: 'storefront', ...range, breakdown: { property: 'utm_campaign' } }
    const { breakdown } = await shop.query<FunnelAnswer>('/v1/query/funnel', asked)
    expect(breakdown?.map(({ value }) => value).sort()).toEqual(['', 'a', 'b', null].sort())
    for (const { value, stages } of breakdown ?? []) {
      const { total, members } = await list({ ...asked, stage: 2, value })
      expect(total).toBe(stages[1]?.count)
      expect(members.filter((member) => member.value !== value)).toEqual([])
    }
  })

  it.each([1, 2, 4])('of the rows beyond the %i largest', async (limit) => {
    const breakdown = { property: 'utm_campaign', limit }
    const asked = { funnel: 'storefront', ...range, breakdown }
    const funnel = await shop.query<FunnelAnswer>('/v1/query/funnel', asked)
    const behind = { ...asked, stage: 2, other: true }
    const { total, question } = await list(behind)
    const members = await listAll(behind)
    const count = funnel.other?.stages[1]?.count ?? 0
    expect([total, members.length]).toEqual([count, count])
    expect(count > 0).toBe(limit < 4)
    const shown = new Set(funnel.breakdown?.map(({ value }) => value))
    expect(members.filter(({ value = null }) => shown.has(value))).toEqual([])
    expect(question).toMatchObject({ other: true })
    expect(question.definitions.members).toContain(`beyond the ${limit} largest`)
  })
})

it('gives times that are those of the visitor’s own events', async () => {
  const { question, members } = await list({ funnel: 'storefront', ...range })
  expect(question).toMatchObject({ stage: 5, who: 'reached', limit: 100 })
  for (const { visitor_id, stages } of members)
    for (const { name, at } of stages) {
      if (at === null) continue
      const isOne = shop.events.some(
        (event) =>
          event.visitor_id === visitor_id && event.name === name && event.at === Date.parse(at),
      )
      expect(isOne).toBe(true)
    }
})

it('is CSV with a column for each stage, and the next cursor in a header', async () => {
  const body = { funnel: 'storefront', ...range, stage: 1, limit: 10 }
  const { members, next } = await list(body)
  const csv = await shop.post('/v1/query/members', body, { accept: 'text/csv' })
  const lines = (await csv.text()).trimEnd().split('\r\n')
  expect(csv.headers.get('next-cursor')).toBe(next)
  expect(lines[0]).toBe(
    'visitor_id,entered_at,1_view,2_product_view,3_chat,4_add_to_cart,5_purchase',
  )
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(
    members.map(({ visitor_id }) => visitor_id),
  )
})

describe('a mistake', () => {
  it.each([
    { name: 'a stage that is none', body: { stage: 'checkout' }, want: 'stage invalid' },
    { name: 'a stage beyond the last', body: { stage: 6 }, want: 'stage invalid' },
    { name: 'who drops off at the end', body: { who: 'dropped' }, want: 'who not_combinable' },
    { name: 'a row of nothing', body: { value: 'a' }, want: 'value not_combinable' },
    { name: 'the other rows of nothing', body: { other: true }, want: 'other not_combinable' },
    {
      name: 'one row and all others',
      body: { other: true, value: 'a', breakdown: { property: 'utm_campaign' } },
      want: 'other not_combinable',
    },
    { name: 'a cursor that is none', body: { cursor: 'xx' }, want: 'cursor invalid' },
    { name: 'a page too long', body: { limit: 10_001 }, want: 'limit too_big' },
  ])('is named: $name', async ({ body, want }) => {
    const asked = { funnel: 'storefront', ...range, ...body }
    const response = await shop.post('/v1/query/members', asked)
    const problem: Problem = JSON.parse(await response.text())
    expect(response.status).toBe(400)
    expect(problem.errors.map(({ path, code }) => `${path} ${code}`)).toEqual([want])
  })

  it('is a cursor of another question', async () => {
    const { next } = await list({ funnel: 'storefront', ...range, stage: 1, limit: 1 })
    const body = { funnel: 'storefront', ...range, stage: 2, limit: 1, cursor: next }
    expect((await shop.post('/v1/query/members', body)).status).toBe(400)
  })
})
