import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CallOptions, call } from '../call.fixture.ts'
import { insertSite } from '../sites/sites.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { holdTable } from '../weave/hold-table.fixture.ts'
import { merge } from '../weave/merge.ts'
import { weave } from '../weave/weave.ts'

const OCTOBER = Date.UTC(2026, 9, 5, 12)
const DECEMBER = Date.UTC(2026, 11, 1)
const DAY_MS = 86_400_000
const RATES = '/v1/rates?funnel=storefront&from=2026-10-01&to=2026-11-01'
const clock = { now: DECEMBER }

let weir: TestWeir
let keys: { secret: string; read: string }
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false, now: () => clock.now })
})
beforeEach(async () => {
  clock.now = DECEMBER
  const shop = { name: 'A shop', time_zone: 'UTC', origins: null }
  keys = (await insertSite(weir.db.reports, shop)).keys
  await send('first', OCTOBER)
})
afterAll(() => weir.stop())

const ask = (path: string, options: CallOptions = {}) =>
  call(weir, 'GET', path, { key: keys.read, ...options })
const askAgain = (etag: string, path = RATES, headers = {}) =>
  ask(path, { headers: { 'if-none-match': etag, ...headers } })

async function send(visitor_id: string, at: number, more: object = {}): Promise<void> {
  const events = [{ visitor_id, name: 'view', at, ...more }]
  const { body } = await call(weir, 'POST', '/v1/events', { key: keys.secret, body: { events } })
  expect(body).toMatchObject({ accepted: 1 })
}

async function tagOf(path = RATES): Promise<string> {
  const { status, headers } = await ask(path)
  expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
  return headers.get('etag') ?? ''
}

const mergeAll = async () => {
  while (await merge(weir.db.timelines, { fan_in: 2, quiet_ms: 0 })) {}
}

describe('an answer that nothing can change but events', () => {
  it('is told once, and then that it still holds', async () => {
    const etag = await tagOf()
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/)
    const { status, text, headers } = await askAgain(`"other", ${etag}`)
    expect([status, text, headers.get('etag')]).toEqual([304, '', etag])
  })

  it.each([
    ['in the range', OCTOBER],
    ['in the window after it', Date.UTC(2026, 10, 7, 23)],
  ])('is another one after an event %s: fresh, woven, merged', async (_, at) => {
    const ways = { fresh: async () => {}, woven: () => weave(weir.db.timelines), merged: mergeAll }
    for (const [way, settle] of Object.entries(ways)) {
      const etag = await tagOf()
      await send(way, at)
      expect((await askAgain(etag)).status).toBe(200)
      await settle()
      const now = await tagOf()
      expect((await askAgain(now)).status).toBe(304)
      expect(now).not.toBe(etag)
    }
  })

  it('is another one after an event at the very end of the window, which a visit may reach', async () => {
    const noon = Date.UTC(2026, 9, 7, 12)
    const minutes = (after: number) => noon + after * 60_000
    for (const after of [-10, 15, 40]) await send('stays', minutes(after))
    const path = '/v1/rates?funnel=signup&from=2026-10-07&to=2026-10-07T12:00:00Z&window=1h'
    const etag = await tagOf(path)
    const before = (await ask(path)).text
    await send('stays', minutes(60) - 1)
    const now = await askAgain(etag, path)
    expect([now.status, now.text === before]).toEqual([200, false])
  })

  it('still holds when other days, and other sites, have new events', async () => {
    await weave(weir.db.timelines)
    const etag = await tagOf()
    await send('today', DECEMBER)
    await call(weir, 'POST', '/v1/events', {
      key: weir.keys.secret,
      body: { events: [{ visitor_id: 'v', name: 'view', at: OCTOBER }] },
    })
    expect((await askAgain(etag)).status).toBe(304)
    await weave(weir.db.timelines)
    expect((await askAgain(etag)).status).toBe(304)
  })

  it('is another one when a visitor is erased', async () => {
    await send('goes', OCTOBER)
    for (const isWoven of [false, true]) {
      if (isWoven) await weave(weir.db.timelines)
      const etag = await tagOf()
      await call(weir, 'DELETE', `/v1/visitors/${isWoven ? 'goes' : 'first'}`, { key: keys.secret })
      expect((await askAgain(etag)).status).toBe(200)
    }
  })

  it('has no tag where an event came while it was counted', async () => {
    const held = await holdTable(weir.pool, 'names', 'access exclusive')
    const asked = ask(RATES)
    await held.waiting()
    await send('between', OCTOBER)
    await held.letGo()
    const { status, headers } = await asked
    expect([status, headers.get('etag'), headers.get('cache-control')]).toEqual([
      200,
      null,
      'no-store',
    ])
    expect((await askAgain(await tagOf())).status).toBe(304)
  })

  it('is another one for another question, funnel, type or setting of the site', async () => {
    const body = { stages: [{ events: ['view'] }, { events: ['purchase'] }] }
    const put = () => call(weir, 'PUT', '/v1/funnels/mine', { key: keys.read, body })
    await put()
    const mine = RATES.replace('storefront', 'mine')
    const [etag, own] = [await tagOf(), await tagOf(mine)]
    expect((await askAgain(etag, mine)).status).toBe(200)
    expect((await askAgain(etag, `${RATES}&format=csv`)).status).toBe(200)
    expect((await askAgain(etag, RATES, { accept: 'text/csv' })).status).toBe(200)
    expect((await askAgain(own, mine)).status).toBe(304)
    body.stages.push({ events: ['refund'] })
    await put()
    expect((await askAgain(own, mine)).status).toBe(200)
    const { id } = await siteOf()
    await call(weir, 'PATCH', `/v1/sites/${id}`, {
      key: weir.keys.admin,
      body: { time_zone: 'Asia/Tokyo' },
    })
    expect((await askAgain(etag)).status).toBe(200)
  })
})

async function siteOf(): Promise<{ id: number }> {
  const { text } = await ask('/v1/session')
  return JSON.parse(text).site
}

describe.each([
  ['/v1/products?from=2026-10-01&to=2026-11-01', 7],
  ['/v1/carts?from=2026-10-01&to=2026-11-01&breakdown=product_id', 30],
])('%s', (path, days) => {
  const over = Date.UTC(2026, 10, 1) + days * DAY_MS
  const add = (at: number) =>
    send('buyer', at, { name: 'add_to_cart', properties: { product_id: 'sku-1' } })

  it('is told once, and then that it still holds, until an event comes', async () => {
    clock.now = over
    await add(OCTOBER)
    const etag = await tagOf(path)
    await send('later', over)
    expect(await askAgain(etag, path)).toMatchObject({ status: 304, text: '' })
    expect((await askAgain(etag, `${path}&limit=1`)).status).toBe(200)
    for (const at of [OCTOBER + 60_000, over - 1]) {
      const last = await tagOf(path)
      await add(at)
      expect((await askAgain(last, path)).status).toBe(200)
    }
  })

  it('has no tag while somebody may still buy', async () => {
    clock.now = over - 1
    const { headers } = await ask(path)
    expect([headers.get('etag'), headers.get('cache-control')]).toEqual([null, 'no-store'])
    expect((await askAgain('*', path)).status).toBe(200)
  })
})

it('carts have another one after an event before the range that is still in a cart', async () => {
  const add = (at: number, price: number) =>
    send('buyer', at, { name: 'add_to_cart', properties: { product_id: `sku-${price}`, price } })
  const path = '/v1/carts?from=2026-10-01T12:00:00Z&to=2026-10-02'
  await add(Date.UTC(2026, 9, 1, 10), 1)
  await add(Date.UTC(2026, 9, 1, 13), 2)
  const etag = await tagOf(path)
  // Over thirty days before the range, but not before the change that lies in between.
  await add(Date.UTC(2026, 8, 1, 11), 5)
  const { status, body } = await askAgain(etag, path)
  expect([status, body]).toMatchObject([200, { carts: 1, value_left: [{ value: 8 }] }])
})

describe('an answer that time changes', () => {
  it.each([
    ['a window that is open', RATES, Date.UTC(2026, 10, 8) - 1],
    ['a range that is not over', `${RATES}&window=1s`, Date.UTC(2026, 9, 20)],
    [
      'a comparison with a later range',
      `${RATES}&compare=2026-11-01..2026-12-01`,
      DECEMBER + 7 * DAY_MS - 1,
    ],
  ])('has no tag: %s', async (_, path, now) => {
    clock.now = now
    const open = await ask(path)
    expect([open.headers.get('etag'), open.headers.get('cache-control')]).toEqual([
      null,
      'no-store',
    ])
    expect((await askAgain('*', path)).status).toBe(200)
    clock.now = now + 60 * DAY_MS
    expect((await ask(path)).headers.get('etag')).not.toBeNull()
  })
})

it.each(['/v1/funnels', '/v1/schema', '/v1/nothing', '/v1/sites'])(
  'nobody keeps %s',
  async (path) => {
    expect((await ask(path)).headers.get('cache-control')).toBe('no-store')
  },
)
