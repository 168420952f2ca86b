import type { FunnelAnswer } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CallOptions, call } from '../call.fixture.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { weave } from '../weave/weave.ts'
import { insertSite, type SiteKeys } from './sites.ts'

const START = Date.UTC(2026, 9, 5, 12)
const RATES = '/v1/rates?funnel=storefront&from=2026-10-01&to=2026-11-01'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false })
})
afterAll(() => weir.stop())

const ask = (method: string, path: string, options?: CallOptions) =>
  call(weir, method, path, options)
const asAdmin = (method: string, path: string, body?: unknown) =>
  ask(method, path, { key: weir.keys.admin, ...(body === undefined ? {} : { body }) })

interface Shop {
  id: number
  keys: SiteKeys
}

async function newShop(): Promise<Shop> {
  const shop = { name: 'A shop', time_zone: 'UTC', origins: null }
  const { site, keys } = await insertSite(weir.db.reports, shop)
  return { id: site.id, keys }
}

const visit = (visitor: string) =>
  ['view', 'product_view', 'add_to_cart', 'purchase'].map((name, place) => ({
    visitor_id: visitor,
    name,
    at: START + place,
    properties: name === 'purchase' ? { order_id: `order of ${visitor}` } : { page: visitor },
  }))

const send = (key: string, events: unknown[]) =>
  ask('POST', '/v1/events', { key, body: { events } })

/** Something in every table: woven and not, orders, refusals, an erased visitor, a funnel, a link. */
async function fill({ keys }: Shop): Promise<void> {
  await send(keys.secret, [...visit('a'), ...visit('b'), ...visit('erased')])
  await weave(weir.db.timelines)
  await ask('DELETE', '/v1/visitors/erased', { key: keys.secret })
  // The server's word replaces the page's: a removal, which is set aside.
  await send(keys.write, [{ ...visit('page')[3], at: Date.now(), stream: 's', seq: 1 }])
  await weave(weir.db.timelines)
  await send(keys.secret, [{ ...visit('server')[3], properties: { order_id: 'order of page' } }])
  await send(keys.secret, [...visit('c'), { name: '*', visitor_id: 'd', at: 1 }])
  const body = { stages: [{ events: ['view'] }, { events: ['purchase'] }] }
  await ask('PUT', '/v1/funnels/mine', { key: keys.read, body })
  await ask('POST', '/v1/shares', { key: keys.read, body: { path: RATES, expires: '1d' } })
  await ask('GET', '/v1/quarantine', { key: keys.secret })
}

/** How many rows each table has of a site. */
async function rowsOf(site_id: number): Promise<Record<string, number>> {
  const { rows: tables } = await weir.pool.query<{ name: string }>(
    `select relname as name
     from pg_attribute
     join pg_class on pg_class.oid = attrelid
     where attname = 'site_id' and relkind in ('r', 'p') and not relispartition
     order by relname`,
  )
  const counted = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await weir.pool.query<{ rows: number }>(
        `select count(*) as rows from ${name} where site_id = $1`,
        [site_id],
      )
      return [name, rows[0]?.rows ?? 0] as const
    }),
  )
  return Object.fromEntries(counted)
}

describe('erasing a site', () => {
  it('leaves nothing of it, and everything of the others', async () => {
    const [gone, other] = [await newShop(), await newShop()]
    await fill(gone)
    await fill(other)
    const before = await rowsOf(other.id)
    const answer = await ask('GET', RATES, { key: other.keys.read })
    for (const [table, rows] of Object.entries(await rowsOf(gone.id)))
      expect(rows, table).toBeGreaterThan(0)

    const unconfirmed = await asAdmin('DELETE', `/v1/sites/${gone.id}?confirm=${other.id}`)
    expect(unconfirmed).toMatchObject({ status: 400, body: { errors: [{ path: 'confirm' }] } })
    expect((await ask('GET', RATES, { key: gone.keys.read })).status).toBe(200)

    const stored = (await rowsOf(gone.id)).events
    const erased = await asAdmin('DELETE', `/v1/sites/${gone.id}?confirm=${gone.id}`)
    expect(erased).toMatchObject({ status: 200, body: { erased_events: stored } })
    const left = Object.entries(await rowsOf(gone.id)).filter(([, rows]) => rows > 0)
    expect(left).toEqual([])
    expect((await ask('GET', RATES, { key: gone.keys.read })).status).toBe(401)
    expect((await asAdmin('GET', `/v1/sites/${gone.id}`)).status).toBe(404)
    expect((await asAdmin('DELETE', `/v1/sites/${gone.id}?confirm=${gone.id}`)).status).toBe(404)

    await weave(weir.db.timelines)
    const now = await ask('GET', RATES, { key: other.keys.read })
    const { as_of, ...same }: FunnelAnswer & { as_of: string } = JSON.parse(answer.text)
    expect(now.body).toMatchObject(JSON.parse(JSON.stringify(same)))
    expect(as_of).toBeDefined()
    const { timelines, ...rest } = before
    expect(await rowsOf(other.id)).toMatchObject(rest)
  })

  it('leaves nothing of what comes while it goes, by a key that servers still remember', async () => {
    const shop = await newShop()
    await fill(shop)
    let stopped = false
    const statuses = new Set<number>()
    const sending = async (sender: number) => {
      for (let visitor = 0; !stopped; visitor++) {
        const { status } = await send(shop.keys.secret, visit(`${sender}-${visitor}`))
        statuses.add(status)
      }
    }
    const senders = [1, 2, 3].map(sending)
    await expect.poll(async () => (await rowsOf(shop.id)).events).toBeGreaterThan(60)
    await asAdmin('DELETE', `/v1/sites/${shop.id}?confirm=${shop.id}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
    stopped = true
    await Promise.all(senders)
    await ask('GET', '/v1/quarantine', { key: weir.keys.secret })
    const left = Object.entries(await rowsOf(shop.id)).filter(([, rows]) => rows > 0)
    expect(left).toEqual([])
    expect(statuses).toContain(202)
    await weave(weir.db.timelines)
  })
})

describe('changing a site', () => {
  it('changes what is given, for the next question and event', async () => {
    const shop = await newShop()
    const changed = await asAdmin('PATCH', `/v1/sites/${shop.id}`, {
      time_zone: 'Europe/Berlin',
      origins: ['https://shop.example'],
    })
    expect(changed).toMatchObject({
      status: 200,
      body: { site: { id: shop.id, name: 'A shop', time_zone: 'Europe/Berlin' } },
    })
    const { body } = await ask('GET', RATES, { key: shop.keys.read })
    expect(body).toMatchObject({ question: { from: '2026-09-30T22:00:00.000Z' } })
    const refused = await ask('POST', '/v1/events', {
      key: shop.keys.write,
      body: { events: visit('a') },
      headers: { origin: 'https://other.example' },
    })
    expect(refused.status).toBe(403)
  })

  it.each([
    ['nothing', {}, ''],
    ['a time zone that is none', { time_zone: 'Berlin' }, 'time_zone'],
    ['an address as an origin', { origins: ['https://shop.example/'] }, 'origins.0'],
    ['its id', { name: 'x', id: 3 }, 'id'],
  ])('refuses %s', async (_, changes, path) => {
    const refused = await asAdmin('PATCH', `/v1/sites/${weir.site_id}`, changes)
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path }] } })
    expect((await asAdmin('PATCH', '/v1/sites/999999', { name: 'x' })).status).toBe(404)
  })
})
