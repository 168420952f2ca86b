import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestWeir, type TestWeir } from '../testing.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir()
})
afterAll(() => weir.stop())

const ID = '0199a8c2-6f00-7abc-8def-0123456789ab'
const PAGE = 'https://www.shop.example/cart?step=2'

const load = async (headers: Record<string, string>, path = '/weir.js?key=wk_a') => {
  const response = await fetch(weir.url + path, { headers })
  await response.arrayBuffer()
  return response
}

describe('the cookie of the tag', () => {
  it.each([
    [`weir=${ID}.2`, PAGE, `weir=${ID}.2; Domain=shop.example`],
    [`cart=a; weir=${ID}.2; theme=dark`, PAGE, `weir=${ID}.2; Domain=shop.example`],
    [`weir=denied.2`, PAGE, 'weir=denied.2; Domain=shop.example'],
    [`weir=${ID}.3`, 'https://www.shop.co.example:8443/', `weir=${ID}.3; Domain=shop.co.example`],
    [`weir=${ID}.1`, 'http://localhost:3000/', `weir=${ID}.1; Domain=localhost`],
  ])('%s of %s is set again for 400 days', async (cookie, referer, again) => {
    const { headers } = await load({ cookie, referer })
    expect(headers.get('set-cookie')).toBe(`${again}; Path=/; Max-Age=34560000; SameSite=Lax`)
    expect(headers.get('cache-control')).toBe('private, max-age=3600')
  })

  it.each([
    ['', PAGE],
    ['weir=', PAGE],
    ['weir=.2', PAGE],
    [`weir=${ID}`, PAGE],
    [`weir=${ID}.2x`, PAGE],
    [`xweir=${ID}.2`, PAGE],
    [`weir=a%0d%0ab.2`, PAGE],
    [`weir="a".2`, PAGE],
    [`weir=${'a'.repeat(201)}.2`, PAGE],
    [`weir=${ID}.2; weir=${ID}.3`, PAGE],
    [`weir=${ID}.2`, ''],
    [`weir=${ID}.2`, 'no address'],
  ])('%s of %s is left as it is', async (cookie, referer) => {
    const { status, headers } = await load({ cookie, referer })
    expect(status).toBe(200)
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('cache-control')).toBe('public, max-age=3600')
  })

  it('is left as it is where the visitor wants no tracking by others', async () => {
    const { headers } = await load({ cookie: `weir=${ID}.2`, referer: PAGE, 'sec-gpc': '1' })
    expect(headers.get('set-cookie')).toBeNull()
  })

  it('is set again too where the browser has the file already', async () => {
    const first = await load({})
    const etag = `${first.headers.get('etag')}`
    const again = await load({ cookie: `weir=${ID}.2`, referer: PAGE, 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(again.headers.get('set-cookie')).toContain(`weir=${ID}.2;`)
  })

  it('is not set by an answer to events, which may come after the visitor said no', async () => {
    const response = await fetch(`${weir.url}/v1/events`, {
      method: 'POST',
      headers: { cookie: `weir=${ID}.2`, referer: PAGE },
      body: JSON.stringify({ key: weir.keys.write, visitor_id: ID, events: [{ name: 'view' }] }),
    })
    expect(response.status).toBe(202)
    expect(response.headers.get('set-cookie')).toBeNull()
  })
})
