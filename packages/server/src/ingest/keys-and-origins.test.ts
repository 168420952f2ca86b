/** Who may send, from where, and to which site. */
import { describe, expect, it } from 'vitest'
import { readJson } from '../testing.ts'
import {
  DAY,
  idOf,
  openShop,
  problemOf,
  purchase,
  SECOND,
  type Site,
  textOf,
  view,
} from './test/shop.ts'

const shop = openShop()
const { clock, post, send, stored, wrongInTheLedger, asAdmin, newSite } = shop

describe('a key', () => {
  const answerTo = async (key: string) =>
    problemOf(await post(textOf({ key, visitor_id: 'v-1', events: [view()] })))
  const makeKey = async (kind: string): Promise<{ id: number; key: string }> =>
    readJson(await asAdmin('POST', `/v1/sites/${shop.id}/keys`, { kind }))

  it.each([
    { what: 'that is wrong', key: () => `wk_${'a'.repeat(32)}`, want: [401, 'key_unknown'] },
    { what: 'of no kind', key: () => 'password', want: [401, 'key_unknown'] },
    { what: 'that is empty', key: () => '', want: [401, 'key_missing'] },
    { what: 'that only reads', key: () => shop.keys.read, want: [403, 'key_not_allowed'] },
    {
      what: 'of an admin who names no site',
      key: () => shop.weir.keys.admin,
      want: [400, 'invalid_request'],
    },
  ])('$what sends nothing', async ({ key, want }) => {
    expect(await answerTo(key())).toEqual(want)
    expect(await stored()).toEqual([])
  })

  const sendTo = (site: number, key: string) =>
    fetch(`${shop.weir.url}/v1/events?site=${site}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: textOf({ key, visitor_id: 'v-1', events: [view({ at: clock.now - 30 * DAY })] }),
    })

  it('of an admin sends as a server does, to the site that the address names', async () => {
    const other = await newSite()
    expect((await sendTo(other.id, shop.weir.keys.admin)).status).toBe(202)
    expect(await stored(other.id)).toMatchObject([{ at: clock.now - 30 * DAY }])
    expect((await sendTo(shop.id, shop.weir.keys.admin)).status).toBe(202)
    expect(await stored()).toHaveLength(1)
    expect(await problemOf(await sendTo(999, shop.weir.keys.admin))).toEqual([404, 'unknown_site'])
  })

  it.each(['write', 'secret'] as const)('to %s sends to no other site', async (kind) => {
    const other = await newSite()
    expect((await sendTo(shop.id, shop.keys[kind])).status).toBe(202)
    const refused = await sendTo(other.id, shop.keys[kind])
    expect(await problemOf(refused)).toEqual([403, 'key_not_allowed'])
    expect(await stored(other.id)).toEqual([])
    // Nor may a stranger's mistake be remembered for the pages that hold the same key.
    clock.now += 5 * SECOND + 1
    expect((await sendTo(other.id, shop.keys[kind])).status).toBe(403)
    expect((await sendTo(shop.id, shop.keys[kind])).status).toBe(202)
  })

  it.each(['write', 'secret'])('to %s that was revoked sends nothing more', async (kind) => {
    const fresh = await makeKey(kind)
    const used = await makeKey(kind)
    expect(await send(used.key, [view()])).toMatchObject({ accepted: 1 })
    await asAdmin('DELETE', `/v1/keys/${fresh.id}`)
    await asAdmin('DELETE', `/v1/keys/${used.id}`)
    expect(await answerTo(fresh.key)).toEqual([401, 'key_revoked'])
    // A sender is remembered for 5 s.
    clock.now += 5 * SECOND + 1
    expect(await answerTo(used.key)).toEqual([401, 'key_revoked'])
    expect(await send(shop.keys.write, [view({ seq: 2 })])).toMatchObject({ accepted: 1 })
  })
})

it('a refusal is remembered too, as long as a sender is', async () => {
  const path = `/v1/sites/${shop.id}/keys`
  const { id, key } = await readJson<{ id: number; key: string }>(
    await asAdmin('POST', path, { kind: 'write' }),
  )
  const status = async () =>
    (await post(textOf({ key, visitor_id: 'v-1', events: [view()] }))).status
  await asAdmin('DELETE', `/v1/keys/${id}`)
  expect(await status()).toBe(401)
  await shop.query('update keys set revoked_at = null where key_id = $1', [id])
  expect(await status()).toBe(401)
  clock.now += 5 * SECOND + 1
  expect(await status()).toBe(202)
})

describe('an origin', () => {
  const from = async (site: Site, key: string, origin?: string) =>
    post(textOf({ key, visitor_id: `v-${site.id}`, events: [view()] }), origin ? { origin } : {})

  it('that is not on the site’s list is refused, and may read why', async () => {
    const site = await newSite(['https://shop.example'])
    const response = await from(site, site.keys.write, 'https://thief.example')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await problemOf(response)).toEqual([403, 'origin_not_allowed'])
    expect(await stored(site.id)).toEqual([])
  })

  it('on the list, or of a server, is taken', async () => {
    const site = await newSite(['https://shop.example'])
    expect((await from(site, site.keys.write, 'https://shop.example')).status).toBe(202)
    expect((await from(site, site.keys.secret, 'https://thief.example')).status).toBe(202)
    expect(await stored(site.id)).toHaveLength(1)
  })

  it('may be any where the site has no list; cookies are never asked for', async () => {
    const response = await from(shop, shop.keys.write, 'https://anything.example')
    expect(response.status).toBe(202)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('is answered before it sends JSON', async () => {
    const response = await fetch(`${shop.weir.url}/v1/events`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')).toMatch(/\bPOST\b/)
    expect(response.headers.get('access-control-allow-headers')).toMatch(/content-type/i)
    expect(response.headers.get('access-control-allow-headers')).toMatch(/authorization/i)
    expect(Number(response.headers.get('access-control-max-age'))).toBeGreaterThan(0)
  })
})

describe('two sites', () => {
  it('never share a visitor, an event id, or an order', async () => {
    const other = await newSite()
    const events = [view({ id: idOf(1) }), view(), purchase('o-1')]
    for (const site of [shop, other]) {
      expect(await send(site.keys.write, events)).toMatchObject({ accepted: 3, duplicates: 0 })
    }
    const [mine, theirs] = [await stored(shop.id), await stored(other.id)]
    expect(mine).toEqual(theirs)
    expect(mine).toHaveLength(3)
    // The server of one site does not replace the order of the other.
    await send(other.keys.secret, [purchase('o-1', { id: idOf(9) })])
    expect(await stored(shop.id)).toEqual(mine)
    expect(await wrongInTheLedger()).toEqual([])
  })
})
