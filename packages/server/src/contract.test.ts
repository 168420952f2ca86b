/** What `/openapi.json` says of every route is so: which keys it takes, and what it answers. */
import {
  cartsAnswer,
  deliveryAnswer,
  explainAnswer,
  funnelAnswer,
  funnelList,
  membersAnswer,
  problem,
  productsAnswer,
  quarantineAnswer,
  schemaAnswer,
  seenAnswer,
  sessionAnswer,
  shareList,
  siteAndKeys,
  siteList,
  trendAnswer,
  visitorEventsAnswer,
} from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { insertKey } from './sites/keys.ts'
import { digestOf, makeKey } from './sites/secrets.ts'
import { insertSite, type SiteKeys } from './sites/sites.ts'
import { readJson, startTestWeir, type TestWeir } from './testing.ts'

interface Operation {
  operationId: string
  summary?: string
  security?: Record<string, string[]>[]
  responses: Record<string, { description: string; content?: Record<string, unknown> }>
}

interface Description {
  security: Record<string, string[]>[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}

interface Route {
  method: string
  path: string
  /** The kinds of keys that it says it takes. */
  takes: string[]
  operation: Operation
}

/** Everybody may ask these; whoever adds one says so here. */
const PUBLIC = ['GET /healthz', 'GET /readyz', 'POST /v1/session', 'DELETE /v1/session']
const KINDS = ['write', 'secret', 'read', 'admin'] as const

let weir: TestWeir
let other: SiteKeys
let revoked: SiteKeys & { admin: string }
let openapi: Description
let routes: Route[]
let guarded: Route[]

beforeAll(async () => {
  weir = await startTestWeir()
  const shop = { name: 'Another shop', time_zone: 'UTC', origins: null }
  other = (await insertSite(weir.db.reports, shop)).keys
  revoked = {
    write: makeKey('write'),
    secret: makeKey('secret'),
    read: makeKey('read'),
    admin: makeKey('admin'),
  }
  for (const kind of KINDS) {
    const site_id = kind === 'admin' ? null : weir.site_id
    await insertKey(weir.db.reports, { site_id, kind, key: revoked[kind] })
  }
  const digests = Object.values(revoked).map(digestOf)
  await weir.pool.query('update keys set revoked_at = now() where digest = any($1)', [digests])
  openapi = await readJson(await fetch(`${weir.url}/openapi.json`))
  routes = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      takes: (operation.security ?? openapi.security).flatMap(Object.keys),
      operation,
    })),
  )
  guarded = routes.filter(({ takes }) => takes.length > 0)
})
afterAll(() => weir.stop())

const examplesOf = (schema: z.core.$ZodType): unknown[] => {
  const examples = z.globalRegistry.get(schema)?.examples
  return Array.isArray(examples) ? examples : []
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`

/** Asks a route for what is not there, with nothing in it: whoever is let in hears so, and nothing is harmed. */
async function statusFor({ method, path }: Route, key: string | null, query = ''): Promise<number> {
  const gone = new AbortController()
  const address = path.replace('{id}', '999999').replace(/\{\w+\}/, 'nobody')
  const sends = ['POST', 'PUT', 'PATCH'].includes(method)
  const response = await fetch(weir.url + address + query, {
    method,
    signal: gone.signal,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(sends ? { 'content-type': 'application/json' } : {}),
    },
    ...(sends ? { body: path === '/v1/events' ? '{"events":[]}' : '{}' } : {}),
  })
  // Some answers never end.
  gone.abort()
  return response.status
}

async function namesOf(
  asked: readonly Route[],
  isWrong: (route: Route) => Promise<boolean>,
): Promise<string[]> {
  const wrong: string[] = []
  for (const route of asked) if (await isWrong(route)) wrong.push(nameOf(route))
  return wrong
}

describe('every route', () => {
  it('is behind a key, but those that everybody may ask', () => {
    const open = routes.filter(({ takes }) => takes.length === 0)
    expect(open.map(nameOf).sort()).toEqual(PUBLIC.toSorted())
    expect(guarded.length).toBeGreaterThan(20)
  })

  it('refuses who has no key, or one that nobody knows', async () => {
    expect(await namesOf(guarded, async (route) => (await statusFor(route, null)) !== 401)).toEqual(
      [],
    )
    const unknown = makeKey('read')
    expect(
      await namesOf(guarded, async (route) => (await statusFor(route, unknown)) !== 401),
    ).toEqual([])
  })

  it.each(KINDS)('takes a %s key if it says so, else answers 403', async (kind) => {
    const site = kind === 'admin' ? `?site=${weir.site_id}` : ''
    const wrong = await namesOf(guarded, async (route) => {
      const status = await statusFor(route, weir.keys[kind], site)
      const isLetIn = status !== 401 && status !== 403
      return route.takes.includes(`${kind}_key`) ? !isLetIn : status !== 403
    })
    expect(wrong).toEqual([])
  })

  it.each(KINDS)('refuses a %s key that was revoked', async (kind) => {
    const site = kind === 'admin' ? `?site=${weir.site_id}` : ''
    const refuses = async (route: Route) => (await statusFor(route, revoked[kind], site)) !== 401
    expect(await namesOf(guarded, refuses)).toEqual([])
  })

  it.each(['read', 'secret'] as const)('of a site refuses the %s key of another', async (kind) => {
    // What page or server an event is from is said by its key alone.
    const ofSite = guarded.filter(({ path }) => path !== '/v1/events' && path !== '/v1/seen')
    const wrong = await namesOf(
      ofSite,
      async (route) => (await statusFor(route, other[kind], `?site=${weir.site_id}`)) !== 403,
    )
    expect(wrong).toEqual([])
  })

  it('takes the cookie if it says so, until its key is revoked', async () => {
    const key = makeKey('read')
    const key_id = await insertKey(weir.db.reports, { site_id: weir.site_id, kind: 'read', key })
    const signedIn = await fetch(`${weir.url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    })
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const ask = async ({ method, path }: Route) => {
      const gone = new AbortController()
      const { status } = await fetch(weir.url + path, {
        method,
        headers: { cookie },
        signal: gone.signal,
      })
      gone.abort()
      return status
    }
    const asked = guarded.filter(({ method, path }) => method === 'GET' && !path.includes('{'))
    const takesCookie = async (route: Route) =>
      ((await ask(route)) !== 401) !== route.takes.includes('session')
    expect(await namesOf(asked, takesCookie)).toEqual([])
    await weir.pool.query('update keys set revoked_at = now() where key_id = $1', [key_id])
    expect(await namesOf(asked, async (route) => (await ask(route)) !== 401)).toEqual([])
  })
})

describe('the description', () => {
  it('says of every route what it is, what it answers and how it refuses', () => {
    for (const route of routes) {
      const { operationId, summary, responses } = route.operation
      expect(summary, nameOf(route)).toBeTruthy()
      expect(operationId, nameOf(route)).toMatch(/^[a-z]+[A-Z]/)
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2'))
      expect(good.length, nameOf(route)).toBeGreaterThan(0)
      for (const [status, { description, content }] of good) {
        expect(description, nameOf(route)).not.toMatch(/default response/i)
        if (status !== '204') expect(content, nameOf(route)).toBeDefined()
      }
      if (route.takes.length > 0) {
        expect(responses, nameOf(route)).toHaveProperty([
          '401',
          'content',
          'application/problem+json',
        ])
      }
    }
    const ids = routes.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says of signing in how a key is refused', () => {
    const signIn = routes.find(({ method, path }) => method === 'POST' && path === '/v1/session')
    expect(Object.keys(signIn?.operation.responses ?? {})).toEqual(
      expect.arrayContaining(['204', '400', '401', '403']),
    )
  })

  it('points at nothing that is not there', () => {
    const named = [...JSON.stringify(openapi).matchAll(/#\/components\/schemas\/(\w+)/g)]
    expect(named.length).toBeGreaterThan(30)
    for (const [, name = ''] of named) expect(openapi.components.schemas).toHaveProperty([name])
  })

  it('has examples that hold', () => {
    let examples = 0
    for (const schema of z.globalRegistry._idmap.values()) {
      for (const example of examplesOf(schema)) {
        expect(() => z.parse(schema, example)).not.toThrow()
        examples++
      }
    }
    expect(examples).toBeGreaterThan(5)
  })

  it.each(['MembersAnswer', 'ExplainAnswer', 'CartsAnswer', 'ProductsAnswer'])(
    'shows a whole %s',
    (name) => {
      expect(openapi.components.schemas).toHaveProperty([name, 'examples', 0])
    },
  )
})

describe('an answer is what its schema says', () => {
  const range = 'from=2026-10-01&to=2026-11-01'
  beforeAll(async () => {
    const events = ['view', 'product_view', 'add_to_cart', 'purchase'].map((name, place) => ({
      visitor_id: 'v',
      name,
      at: Date.UTC(2026, 9, 31, 12, place),
      properties: {
        utm_campaign: 'autumn',
        ...(name === 'purchase'
          ? { order_id: 'o', value: 9.5, currency: 'EUR', items: [{ product_id: 'sku-1' }] }
          : { product_id: 'sku-1', price: 9.5 }),
      },
    }))
    await fetch(`${weir.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${weir.keys.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events: [...events, { visitor_id: 'v', name: '*', at: 1 }] }),
    })
  })

  it.each([
    ['/v1/rates?funnel=storefront', funnelAnswer, 'read'],
    ['/v1/rates?funnel=lead&from=2026-10-01&to=9999-01-01', funnelAnswer, 'read'],
    [
      `/v1/rates?funnel=storefront&${range}&target=add_to_cart&breakdown=utm_campaign&interval=week&compare=previous`,
      funnelAnswer,
      'read',
    ],
    [
      `/v1/rates?funnel=storefront&from=2026-10-31&to=2026-11-01&stage=2&breakdown=utm_campaign&compare=2026-10-31..9999-01-01&definition=funnel`,
      funnelAnswer,
      'read',
    ],
    [`/v1/carts?${range}`, cartsAnswer, 'read'],
    [`/v1/carts?${range}&breakdown=utm_campaign&limit=1&filter=bot:unset`, cartsAnswer, 'read'],
    [`/v1/products?${range}`, productsAnswer, 'read'],
    [`/v1/products?from=2026-10-01&to=9999-01-01&by=utm_campaign`, productsAnswer, 'read'],
    ['/v1/visitors/v/events', visitorEventsAnswer, 'read'],
    ['/v1/visitors/v/events?limit=1', visitorEventsAnswer, 'read'],
    ['/v1/visitors/v/explain?funnel=storefront', explainAnswer, 'read'],
    ['/v1/visitors/v/explain?funnel=signup&unit=visit', explainAnswer, 'read'],
    [`/v1/delivery?${range}`, deliveryAnswer, 'read'],
    ['/v1/funnels', funnelList, 'read'],
    ['/v1/schema', schemaAnswer, 'read'],
    ['/v1/schema?from=0001-01-01&to=2026-11-01', schemaAnswer, 'read'],
    ['/v1/seen', seenAnswer, 'write'],
    ['/v1/shares', shareList, 'read'],
    ['/v1/session', sessionAnswer, 'read'],
    ['/v1/quarantine', quarantineAnswer, 'secret'],
    ['/v1/sites', siteList, 'admin'],
    ['/v1/sites/1', siteAndKeys, 'admin'],
    ['/v1/sites/999999', problem, 'admin'],
  ] as const)('%s', async (path, schema, kind) => {
    const address = path.includes('funnel=') && !path.includes('from=') ? `${path}&${range}` : path
    const response = await fetch(weir.url + address, {
      headers: { authorization: `Bearer ${weir.keys[kind]}` },
    })
    z.parse(schema, await readJson(response))
  })

  const stages = [{ events: ['view'] }, { events: ['purchase'] }]
  it.each([
    [
      'trend',
      { stages, exclusions: [{ events: ['chat'] }], interval: 'day' },
      trendAnswer,
      (answer: unknown) => expect(answer).toHaveProperty('points.30'),
    ],
    [
      'funnel',
      { stages, filters: [{ property: 'device', op: 'unset' }] },
      funnelAnswer,
      (answer: unknown) => expect(answer).toMatchObject({ conversion: { count: 1 } }),
    ],
    [
      'members',
      { stages, breakdown: { property: 'utm_campaign' }, value: 'autumn', limit: 1 },
      membersAnswer,
      (answer: unknown) => expect(answer).toMatchObject({ members: [{ value: 'autumn' }] }),
    ],
    [
      'explain',
      { stages: [...stages, { events: ['refund'] }], visitor_id: 'v' },
      explainAnswer,
      (answer: unknown) => expect(answer).toMatchObject({ stopped: { reason: 'never' } }),
    ],
  ] as const)('of POST /v1/query/%s', async (name, question, schema, check) => {
    const response = await fetch(`${weir.url}/v1/query/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${weir.keys.read}`, 'content-type': 'application/json' },
      body: JSON.stringify({ from: '2026-10-01', to: '2026-11-01', ...question }),
    })
    const answer = await readJson(response)
    z.parse(schema, answer)
    check(answer)
  })
})
