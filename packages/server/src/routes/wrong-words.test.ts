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
    ['funnel=lead&filter=country:is:in', 'filter.0', /`is` is none of eq/],
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
      { path: '', message: 'the body must be an object' },
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
  ['/v1/funels/storefront', 'GET /v1/funnels/{name}'],
  ['/v1/query/funnel', 'POST /v1/query/funnel'],
  ['/healthcheck', null],
  [`/v1/${'x'.repeat(5_000)}`, null],
])('an address that is none names the closest: %s', async (path, want) => {
  const { code, detail } = await problemOf(path)
  expect(code).toBe('not_found')
  if (want === null) expect(detail).not.toContain('Did you mean')
  else expect(detail).toContain(`Did you mean ${want}?`)
})

it.each([
  ['/v1/visitors/v', null],
  ['/v1/query/rates', null],
  ['/v1/visitors', null],
  ['/v1/explain', null],
])('who asks is shown nothing far off, and nothing that deletes: GET %s', async (path) => {
  expect((await problemOf(path)).detail).toBe(`There is no GET ${path}.`)
})

describe('what is no parameter of an address is refused, not passed over', () => {
  const range = 'from=2026-10-01&to=2026-11-01'
  it.each([
    ['GET', `/v1/delivery?${range}&format=csv`, 'format', 'read'],
    ['GET', '/v1/funnels?format=csv', 'format', 'read'],
    ['GET', '/v1/funnels/lead?verison=1', 'verison', 'read'],
    ['GET', '/v1/funnels/lead/versions?limit=1', 'limit', 'read'],
    ['GET', '/v1/live?interval=day', 'interval', 'read'],
    ['GET', '/v1/session?x=1', 'x', 'read'],
    ['GET', '/v1/shares?limit=1', 'limit', 'read'],
    ['POST', '/v1/query/funnel?format=csv', 'format', 'read'],
    ['POST', '/v1/query/members?limit=1', 'limit', 'read'],
    ['GET', '/v1/export?form=2026-10-01', 'form', 'secret'],
    ['GET', '/v1/export?limit=1', 'limit', 'secret'],
    ['GET', '/v1/quarantine?form=2026-10-01', 'form', 'secret'],
  ] as const)('%s %s', async (method, path, wrong, kind) => {
    const body = method === 'POST' ? { funnel: 'lead', ...RANGE } : undefined
    const { status, text } = await call(weir, method, path, { key: weir.keys[kind], body })
    const { errors }: Problem = JSON.parse(text)
    expect([status, errors.map((error) => [error.path, error.code])]).toEqual([
      400,
      [[wrong, 'unknown_field']],
    ])
  })
})

it.each([
  [`${RATES}&breakdown=a%00`, 'breakdown'],
  [`${RATES}&target=%00`, 'target'],
  ['/v1/rates?funnel=a%00&from=2026-10-01&to=2026-11-01', 'funnel'],
  ['/v1/products?from=2026-10-01&to=2026-11-01&by=%00', 'by'],
])('NUL is refused by the name of its field: %s', async (path, field) => {
  expect((await problemOf(path)).errors).toMatchObject([
    { path: field, message: 'may not hold NUL' },
  ])
})

it.each([
  ['', /^must be `previous`, or two dates/],
  ['2026-10-01..', /^must be `previous`, or two dates/],
  ['2026-10-01..2026-09-01', 'the second date must be after the first; it is not included'],
  ['2026-13-01..2026-10-01', /^`2026-13-01` is no date like 2026-10-01/],
  ['2026-09-01T00:00+02:00..2026-10-01', /a \+ is written %2B$/],
])('a comparison with no range says so: compare=%s', async (compare, message) => {
  const { errors } = await problemOf(`${RATES}&compare=${compare}`)
  const want = typeof message === 'string' ? message : expect.stringMatching(message)
  expect(errors).toMatchObject([{ path: 'compare', message: want }])
})

it.each([
  ['/v1/export', 'secret'],
  ['/v1/visitors/wrong-words/events', 'read'],
] as const)('a range that ends before it begins is no empty one: %s', async (path, kind) => {
  const event = { visitor_id: 'wrong-words', name: 'view', at: '2026-10-05T00:00:00Z' }
  await call(weir, 'POST', '/v1/events', { key: weir.keys.secret, body: { events: [event] } })
  const { text } = await call(weir, 'GET', `${path}?from=2026-11-01&to=2026-10-01`, {
    key: weir.keys[kind],
  })
  expect(JSON.parse(text)).toMatchObject({ errors: [{ path: 'to', code: 'to_before_from' }] })
})

it('a version by which a funnel was deleted is not called missing', async () => {
  await call(weir, 'PUT', '/v1/funnels/short-lived', { body: { stages: STAGES } })
  await call(weir, 'DELETE', '/v1/funnels/short-lived')
  const asked = (version: number) =>
    problemOf(`/v1/rates?funnel=short-lived@${version}&from=2026-10-01&to=2026-11-01`)
  expect((await asked(2)).detail).toMatch(/^Version 2 of .* says that it was deleted/)
  await call(weir, 'PUT', '/v1/funnels/short-lived', { body: { stages: STAGES } })
  expect((await asked(2)).detail).toMatch(/^Version 2 of .* says that it was deleted/)
  expect((await asked(4)).detail).toMatch(/the newest is 3\.$/)
})

it('a name that is too long is told as one', async () => {
  const path = `/v1/funnels/${'x'.repeat(101)}`
  const { text } = await call(weir, 'PUT', path, { body: { stages: STAGES } })
  expect(JSON.parse(text)).toMatchObject({ errors: [{ path: 'name' }] })
})

it('a body of another type, or too large, is told what fits', async () => {
  const key = weir.keys.secret
  const detailOf = async (path: string, body: unknown): Promise<string> =>
    JSON.parse((await call(weir, 'POST', path, { key, body })).text).detail
  expect(await detailOf('/v1/import', [])).toBe('Send it as application/x-ndjson.')
  expect(await detailOf('/v1/events', { events: [], pad: 'x'.repeat(525_000) })).toBe(
    'The body is larger than 524,288 bytes; send less at once.',
  )
})

it('a key of another kind is told which one fits', async () => {
  const { read, write } = weir.keys
  const detailOf = async (path: string, key: string): Promise<string> =>
    JSON.parse((await call(weir, 'POST', path, { key, body: { events: [] } })).text).detail
  expect(await detailOf('/v1/events', read)).toBe(
    'This is a read key; this address takes a write key or a secret key.',
  )
  expect(await detailOf('/v1/sites', write)).toBe(
    'This is a write key; this address takes an admin key.',
  )
  expect(await detailOf('/v1/events', 'wk_x')).toMatch(/not known here.*`npx weir keys add`/)
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
