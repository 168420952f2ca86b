/** What is said to somebody who made a mistake: which field, and what to do. */
import type { FunnelAnswer, Problem } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.fixture.ts'
import { readJson, startTestWeir, type TestWeir } from '../testing.ts'

const RATES = '/v1/rates?funnel=lead&from=2026-10-01&to=2026-11-01'
const STAGES = [{ events: ['view'] }, { events: ['purchase'] }]
const RANGE = { from: '2026-10-01', to: '2026-11-01' }

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir()
})
afterAll(() => weir.stop())

async function problemOf(path: string, body?: unknown): Promise<Problem> {
  const options = body === undefined ? {} : { body }
  const { text } = await call(weir, body === undefined ? 'GET' : 'POST', path, options)
  return JSON.parse(text)
}

describe('a name that is none', () => {
  it.each([
    [
      'funnel=storfront',
      'funnel',
      /there are lead, signup, storefront\. Did you mean `storefront`\?$/,
    ],
    ['funnel=storefront@9', 'funnel', /^There is no version 9 of .*the newest is 1\.$/],
    [
      'funnel=lead&breakdwon=path',
      'breakdwon',
      'there is no such field; did you mean `breakdown`?',
    ],
    ['funnel=lead&x=1', 'x', 'there is no such field'],
    [
      'funnel=lead&filter=device:mobile',
      'filter.0',
      /like device:eq:mobile: `mobile` is none of eq/,
    ],
    ['funnel=lead&filter=device', 'filter.0', 'write property:op:value, like device:eq:mobile'],
    ['funnel=lead&order=strict&order=ordered', 'order', 'takes one value, not several'],
    ['funnel=lead&to=2026-12-01', 'to', 'takes one value, not several'],
  ])('%s', async (query, path, message) => {
    const { errors } = await problemOf(`/v1/rates?from=2026-10-01&to=2026-11-01&${query}`)
    const want = typeof message === 'string' ? message : expect.stringMatching(message)
    expect(errors).toMatchObject([{ path, message: want }])
  })

  it('is told of all fields of a body, each with its own', async () => {
    const { errors } = await problemOf('/v1/query/funnel', { ...RANGE, windw: '7d', stags: [] })
    expect(errors.map(({ path, message }) => [path, message])).toEqual([
      ['windw', 'there is no such field; did you mean `window`?'],
      ['stags', 'there is no such field; did you mean `stages`?'],
    ])
  })

  it('is warned of where it counts nobody: an event, a property', async () => {
    const body = {
      ...RANGE,
      stages: [...STAGES, { events: ['purchse', 'chat'] }],
      filters: [{ property: 'divice', op: 'set' }],
      hold: 'nothing like it',
    }
    const { status, text } = await call(weir, 'POST', '/v1/query/funnel', { body })
    expect(status).toBe(200)
    const { question }: FunnelAnswer = JSON.parse(text)
    expect(question.warnings).toEqual([
      'No event `purchse` has ever come. Did you mean `purchase`?',
      'No event has ever had a property `divice`. Did you mean `device`?',
      'No event has ever had a property `nothing like it`.',
    ])
    for (const path of ['carts', 'products']) {
      const asked = `/v1/${path}?from=2026-10-01&to=2026-11-01&filter=divice:set`
      const { question }: FunnelAnswer = JSON.parse((await call(weir, 'GET', asked)).text)
      expect(question.warnings).toEqual([expect.stringContaining('`divice`')])
    }
  })
})

it('says all that is wrong with a question at once', async () => {
  const { errors } = await problemOf('/v1/query/funnel', {
    ...{ from: '2026-11-01', to: '2026-10-01', order: 'strict' },
    stages: [STAGES[0], { events: ['chat'], optional: true }, STAGES[1]],
  })
  expect(errors.map(({ path }) => path)).toEqual(['to', 'order'])
  const unknown = await problemOf('/v1/rates?funnel=x&from=2026-11-01&to=2026-10-01')
  expect(unknown.errors.map(({ path }) => path)).toEqual(['funnel', 'to'])
})

describe('a wrong field is told in plain words', () => {
  it.each([
    [{ stages: 'view' }, 'stages', 'must be a list'],
    [{ stages: [STAGES[0]] }, 'stages', 'must have at least 2 entries'],
    [{ stages: [{ events: [] }, STAGES[1]] }, 'stages.0.events', 'must have at least 1 entry'],
    [{ stages: [{}, STAGES[1]] }, 'stages.0.events', 'is required'],
    [{ order: 'random' }, 'order', 'must be one of ordered, strict, any_order'],
    [{ bots: 'yes' }, 'bots', 'must be true or false'],
    [{ hold: 7 }, 'hold', 'must be text'],
    [{ breakdown: { property: 'x', limit: 1.5 } }, 'breakdown.limit', 'must be a whole number'],
    [{ breakdown: { property: 'x', limit: 0 } }, 'breakdown.limit', 'must be at least 1'],
    [{ breakdown: { property: '' } }, 'breakdown.property', 'must have at least 1 character'],
    [{ from: true }, 'from', 'must be text or a number'],
  ])('%j', async (change, path, message) => {
    const { errors } = await problemOf('/v1/query/funnel', { stages: STAGES, ...RANGE, ...change })
    expect(errors.map((error) => [error.path, error.message])).toEqual([[path, message]])
  })

  it('as an address', async () => {
    const { errors } = await problemOf(`${RATES}&limit=many&breakdown=path`)
    expect(errors).toMatchObject([{ path: 'limit', message: 'must be a number' }])
  })

  it('as a body that is none', async () => {
    expect((await problemOf('/v1/query/funnel', ['x'])).errors).toMatchObject([
      { path: '', message: 'must be an object' },
    ])
  })
})

it.each(['/v1/rates?funnel=lead', '/v1/delivery?x=1', '/v1/schema?x=1', '/v1/export?x=1'])(
  'an offset whose + became a space is understood, and told: %s',
  async (path) => {
    const key = path.startsWith('/v1/export') ? weir.keys.secret : weir.keys.read
    const { text } = await call(
      weir,
      'GET',
      `${path}&from=2026-10-01T00:00+02:00&to=2026-10-02T00:00%2B02:00`,
      { key },
    )
    const { errors }: Problem = JSON.parse(text)
    expect(errors.find((error) => error.path === 'from')?.message).toMatch(
      /^`2026-10-01T00:00 02:00` is no date.*a \+ is written %2B$/,
    )
    expect(errors.some((error) => error.path === 'to')).toBe(false)
  },
)

it.each([
  ['/v1/rate', 'GET /v1/rates'],
  ['/v1/funels/storefront', 'GET /v1/funnels/:name'],
  ['/v1/query/funnel', 'POST /v1/query/funnel'],
  ['/healthcheck', null],
  [`/v1/${'x'.repeat(5_000)}`, null],
])('an address that is none names the closest: %s', async (path, want) => {
  const { code, detail } = await problemOf(path)
  expect(code).toBe('not_found')
  if (want === null) expect(detail).not.toContain('Did you mean')
  else expect(detail).toContain(`Did you mean ${want}?`)
})

it('a statement over its time is a time limit, not a database that is away', async () => {
  const client = await weir.pool.connect()
  await client.query('begin')
  await client.query('lock table sites in access exclusive mode')
  const asked = fetch(`${weir.url}${RATES}`, {
    headers: { authorization: `Bearer ${weir.keys.read}` },
  })
  // What a statement_timeout does, without waiting for it.
  const cancel = `
    select pg_cancel_backend(pid) as done
    from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  await expect.poll(async () => (await weir.pool.query(cancel)).rows.length).toBe(1)
  await client.query('rollback')
  client.release()
  const response = await asked
  expect([response.status, await readJson<Problem>(response)]).toMatchObject([
    503,
    { code: 'too_slow' },
  ])
})
