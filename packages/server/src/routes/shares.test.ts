import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CallOptions, call } from '../call.fixture.ts'
import { insertKey, revokeKey } from '../sites/keys.ts'
import { makeKey } from '../sites/secrets.ts'
import { insertSite } from '../sites/sites.ts'
import { readJson, startTestWeir, type TestWeir } from '../testing.ts'

const PATH = '/v1/rates?funnel=storefront&from=2026-10-01&to=2026-11-01&format=csv'
const clock = { now: 0 }
const HOUR_MS = 3_600_000

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ now: () => clock.now })
})
beforeEach(() => {
  clock.now = Date.now()
})
afterAll(() => weir.stop())

const ask = (method: string, path: string, options?: CallOptions) =>
  call(weir, method, path, options)

interface Shared {
  id: number
  url: string
}

async function share(path = PATH, key = weir.keys.read, query = ''): Promise<Shared> {
  const { status, text } = await ask('POST', `/v1/shares${query}`, {
    key,
    body: { path, expires: '90d' },
  })
  expect([status, text]).toMatchObject([201, expect.stringContaining('"url"')])
  return JSON.parse(text)
}

/** As a spreadsheet does: the address, no headers. */
const open = async (url: string) => {
  const { pathname, search } = new URL(url)
  return call(weir, 'GET', pathname + search, { key: null })
}

describe('a share link', () => {
  it('is read by whoever has it, and holds what is new', async () => {
    const { url } = await share()
    const first = await open(url)
    expect(first.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const countOf = (text: string) => {
      const [row]: Record<string, string>[] = parse(text, { columns: true })
      return row?.count
    }
    expect(countOf(first.text)).toBe('0')
    await ask('POST', '/v1/events', {
      key: weir.keys.secret,
      body: { events: [{ visitor_id: 'v', name: 'view', at: '2026-10-05T12:00:00Z' }] },
    })
    expect(countOf((await open(url)).text)).toBe('1')
  })

  it.each([
    ['/v1/carts', 'carts'],
    ['/v1/products', 'product'],
  ])('opens %s too, and only as it was shared', async (path, column) => {
    const { url } = await share(`${path}?from=2026-10-01&to=2026-11-01&format=csv`)
    const opened = await open(url)
    expect([opened.status, opened.headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8',
    ])
    expect(opened.text.split(',')[0]).toBe(column)
    expect((await open(`${url}&limit=1`)).status).toBe(403)
  })

  it('may be asked for its head first', async () => {
    const { pathname, search } = new URL((await share()).url)
    const { status, headers, text } = await call(weir, 'HEAD', pathname + search, { key: null })
    expect([status, headers.get('content-type'), text]).toEqual([
      200,
      'text/csv; charset=utf-8',
      '',
    ])
  })

  it('is read however its address is written', async () => {
    const { url } = await share(`${PATH}&filter=path:eq:/a b&filter=device:set`)
    const { search } = new URL(url)
    for (const other of [search.replaceAll('%3A', ':'), search.replaceAll('+', '%20')]) {
      expect((await open(`http://x/v1/rates${other}`)).status).toBe(200)
    }
  })

  it.each([
    ['another range', (url: string) => url.replace('2026-10-01', '2026-09-01')],
    ['one parameter more', (url: string) => `${url}&breakdown=path`],
    ['another question', (url: string) => url.replace('/v1/rates', '/v1/schema')],
    ['the list of links', (url: string) => url.replace(/\/v1\/rates/, '/v1/shares')],
  ])('does not open %s', async (_, change) => {
    const { url } = await share()
    expect(await open(change(url))).toMatchObject({
      status: 403,
      body: { code: 'share_not_allowed' },
    })
  })

  it('opens no other route of the whole API, in any way', async () => {
    const { url } = await share()
    const token = new URL(url).searchParams.get('share')
    const openapi = await readJson<{ paths: Record<string, object> }>(
      await fetch(`${weir.url}/openapi.json`),
    )
    const opened: string[] = []
    for (const [path, methods] of Object.entries(openapi.paths)) {
      for (const method of Object.keys(methods)) {
        if (/^\/(healthz|readyz|v1\/session)$/.test(path)) continue
        const name = `${method.toUpperCase()} ${path.replace(/\{\w+\}/, '1')}`
        const [verb = '', address = ''] = name.split(' ')
        const body = path === '/v1/events' ? { events: [] } : {}
        const answer = await ask(verb, `${address}?share=${token}`, {
          key: null,
          ...(['POST', 'PUT', 'PATCH'].includes(verb) ? { body } : {}),
        })
        if (answer.status !== 401 && answer.status !== 403) opened.push(name)
      }
    }
    expect(opened).toEqual([])
    // Nor with more power than the link has: a key beside it is not asked.
    const beside = await ask('GET', `/v1/funnels?share=${token}`)
    expect(beside.status).toBe(403)
  })

  it('that was forged is not known', async () => {
    const { url } = await share()
    const forged = url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect(await open(forged)).toMatchObject({ status: 401, body: { code: 'share_unknown' } })
    for (const token of ['1', '1.', '999999.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x'.repeat(500)]) {
      expect((await open(`http://x${PATH}&share=${token}`)).status).toBe(401)
    }
    const other = await share(PATH.replace('storefront', 'lead'))
    const swapped = url.replace(/share=.*/, new URL(other.url).search.replace(/.*&/, ''))
    expect((await open(swapped)).status).toBe(403)
  })

  it('ends when it said', async () => {
    const { url } = await share()
    clock.now += 90 * 24 * HOUR_MS - 1
    expect((await open(url)).status).toBe(200)
    clock.now += 1
    expect(await open(url)).toMatchObject({ status: 401, body: { code: 'share_expired' } })
  })

  it('ends when it is taken back, or the key that made it', async () => {
    const { id, url } = await share()
    expect((await ask('DELETE', `/v1/shares/${id}`)).status).toBe(204)
    expect(await open(url)).toMatchObject({ status: 401, body: { code: 'share_revoked' } })
    expect((await ask('DELETE', `/v1/shares/${id}`)).status).toBe(404)
    const key = makeKey('read')
    const key_id = await insertKey(weir.db.reports, { site_id: weir.site_id, kind: 'read', key })
    const theirs = await share(PATH, key)
    expect((await open(theirs.url)).status).toBe(200)
    await revokeKey(weir.db.reports, key_id, clock.now)
    expect(await open(theirs.url)).toMatchObject({ body: { code: 'share_revoked' } })
  })

  it('is of its site: listed, deleted and asked there', async () => {
    const { id } = await share()
    const shop = { name: 'Other', time_zone: 'UTC', origins: null }
    const { site, keys } = await insertSite(weir.db.reports, shop)
    expect((await ask('DELETE', `/v1/shares/${id}`, { key: keys.read })).status).toBe(404)
    expect((await ask('GET', '/v1/shares', { key: keys.read })).body).toEqual({ shares: [] })
    const theirs = await share(PATH, weir.keys.admin, `?site=${site.id}`)
    expect((await open(theirs.url)).text).toContain(',view,0,')
    expect((await ask('GET', '/v1/shares', { key: keys.read })).body).toMatchObject({
      shares: [{ id: theirs.id, url: theirs.url, revoked_at: null }],
    })
    // A path that names another site asks nobody.
    const wrong = { path: `${PATH}&site=${weir.site_id}`, expires: '1d' }
    const refused = await ask('POST', '/v1/shares', { key: keys.read, body: wrong })
    expect(refused.status).toBe(403)
  })
})

describe('what cannot be shared', () => {
  it.each([
    ['a list of people', { path: '/v1/visitors/v/events', expires: '1d' }, 'path'],
    ['all events', { path: '/v1/export', expires: '1d' }, 'path'],
    ['an address elsewhere', { path: 'https://x.example/v1/rates', expires: '1d' }, 'path'],
    ['a way out', { path: '/v1/rates/../export', expires: '1d' }, 'path'],
    [
      'a question with a mistake',
      { path: '/v1/rates?funnel=lead&to=2026-11-01', expires: '1d' },
      'path.from',
    ],
    [
      'carts with a mistake',
      { path: '/v1/carts?from=2026-10-01&to=2026-11-01&limit=3', expires: '1d' },
      'path.limit',
    ],
    [
      'products that nobody could sort',
      { path: '/v1/products?from=2026-10-01&to=2026-11-01&sort=luck', expires: '1d' },
      'path.sort',
    ],
    ['what ended before', { path: PATH, expires: '2020-01-01' }, 'expires'],
    ['what ends some time', { path: PATH, expires: 'soon' }, 'expires'],
  ])('%s', async (_, body, path) => {
    const { status, body: told } = await ask('POST', '/v1/shares', { body })
    expect([status, told]).toMatchObject([400, { errors: [{ path }] }])
    const { body: list } = await ask('GET', '/v1/shares')
    expect(JSON.stringify(list)).not.toContain('/v1/rates?funnel=lead&to=2026')
  })
})
