import type { FunnelAnswer } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CallOptions, call } from '../call.fixture.ts'
import { insertSite } from '../sites/sites.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir()
  const events = ['view', 'view', 'add_to_cart', 'purchase'].map((name, place) => ({
    visitor_id: place === 1 ? 'looks' : 'buys',
    name,
    at: Date.UTC(2026, 9, 5, 12, place),
    properties: name === 'purchase' ? { order_id: 'o-1' } : {},
  }))
  const { body } = await ask('POST', '/v1/events', { key: weir.keys.secret, body: { events } })
  expect(body).toMatchObject({ accepted: 4 })
})
afterAll(() => weir.stop())

const ask = (method: string, path: string, options?: CallOptions) =>
  call(weir, method, path, options)
const put = (name: string, body: unknown) => ask('PUT', `/v1/funnels/${name}`, { body })
const rates = (funnel: string) =>
  weir.ask<FunnelAnswer>(`/v1/rates?funnel=${funnel}&from=2026-10-01&to=2026-11-01`)
const stages = (...names: string[]) => names.map((name) => ({ events: [name] }))

describe('a saved funnel', () => {
  it('is a new version every time, any of which can be asked', async () => {
    const first = await put('checkout', { stages: stages('view', 'add_to_cart') })
    expect(first).toMatchObject({ status: 201, body: { version: 1, funnel: { window: '7d' } } })
    const second = await put('checkout', { stages: stages('view', 'purchase'), window: '1m' })
    expect(second).toMatchObject({ status: 200, body: { version: 2, built_in: false } })

    expect((await rates('checkout')).question).toMatchObject({
      funnel: 'checkout',
      funnel_version: 2,
      window: '1m',
      stages: [{ name: 'view' }, { name: 'purchase' }],
    })
    expect((await rates('checkout')).conversion.count).toBe(0)
    expect((await rates('checkout@1')).conversion.count).toBe(1)
    expect((await rates('checkout@1')).question).toMatchObject({ funnel_version: 1, window: '7d' })
    expect((await ask('GET', '/v1/funnels/checkout?version=1')).body).toEqual(first.body)
    expect((await ask('GET', '/v1/funnels/checkout')).body).toEqual(second.body)
    expect((await ask('GET', '/v1/funnels/checkout/versions')).body).toEqual({
      versions: [second.body, first.body],
    })
  })

  it('keeps what else a question says, and the question itself wins', async () => {
    await put('strictly', { stages: stages('view', 'add_to_cart'), order: 'strict', unit: 'visit' })
    expect((await rates('strictly')).question).toMatchObject({ order: 'strict', unit: 'visit' })
    const overridden = await rates('strictly&unit=visitor')
    expect(overridden.question).toMatchObject({ order: 'strict', unit: 'visitor' })
  })

  it('that is deleted is listed and asked no more, but by its version', async () => {
    await put('gone', { stages: stages('view', 'purchase') })
    expect((await ask('DELETE', '/v1/funnels/gone')).status).toBe(204)
    expect((await ask('DELETE', '/v1/funnels/gone')).status).toBe(404)
    expect(await rates('gone')).toMatchObject({ code: 'unknown_funnel' })
    expect((await ask('GET', '/v1/funnels/gone')).status).toBe(404)
    expect((await ask('GET', '/v1/funnels')).text).not.toContain('gone')
    expect((await rates('gone@1')).conversion.count).toBe(1)
    expect(await put('gone', { stages: stages('view', 'lead') })).toMatchObject({
      body: { version: 3 },
    })
  })

  it('has one number of its own, however many are saved at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => put('busy', { stages: stages('view', 'purchase') })),
    )
    const { body } = await ask('GET', '/v1/funnels/busy/versions')
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201])
    expect(body).toMatchObject({
      versions: [8, 7, 6, 5, 4, 3, 2, 1].map((version) => ({ version })),
    })
  })

  it('belongs to its site', async () => {
    await put('mine', { stages: stages('view', 'purchase') })
    const other = { name: 'Other', time_zone: 'UTC', origins: null }
    const { keys } = await insertSite(weir.db.reports, other)
    expect((await ask('GET', '/v1/funnels/mine', { key: keys.read })).status).toBe(404)
    expect((await ask('DELETE', '/v1/funnels/mine', { key: keys.read })).status).toBe(404)
    expect((await ask('GET', '/v1/funnels', { key: keys.read })).text).not.toContain('mine')
  })
})

describe('a built-in funnel', () => {
  it('is listed, and stays as it is', async () => {
    const { body } = await ask('GET', '/v1/funnels/storefront')
    expect(body).toMatchObject({ version: 1, built_in: true, funnel: { window: '7d' } })
    for (const method of ['PUT', 'DELETE']) {
      const refused = await ask(method, '/v1/funnels/storefront', {
        ...(method === 'PUT' ? { body: { stages: stages('view', 'purchase') } } : {}),
      })
      expect(refused).toMatchObject({ status: 409, body: { code: 'funnel_built_in' } })
    }
    expect(await ask('GET', '/v1/funnels/storefront')).toMatchObject({ body })
  })
})

it.each([
  {
    what: 'an optional last stage',
    name: 'wrong',
    body: { stages: [{ events: ['view'] }, { events: ['chat'], optional: true }] },
    path: 'stages.1.optional',
  },
  { what: 'one stage', name: 'wrong', body: { stages: stages('view') }, path: 'stages' },
  { what: 'a range', name: 'wrong', body: { from: 1, stages: stages('a', 'b') }, path: 'from' },
  { what: 'a name of two', name: 'a@1', body: { stages: stages('a', 'b') }, path: 'name' },
])('$what cannot be saved', async ({ name, body, path }) => {
  expect(await put(name, body)).toMatchObject({ status: 400, body: { errors: [{ path }] } })
})
