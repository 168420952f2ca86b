/** Bodies as bad networks, proxies and strangers send them: each is answered with what to do, and harms nobody. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readJson } from '../testing.ts'
import { letters, openShop, purchase, textOf, view } from './test/shop.ts'

const shop = openShop()
const { post, send, stored, asAdmin, wrongInTheLedger } = shop

/** What the server says to these bytes, until one of the two ends. */
async function tell(bytes: string, end = false): Promise<string> {
  const { hostname, port } = new URL(shop.weir.url)
  const socket = connect(Number(port), hostname)
  let said = ''
  socket.on('data', (chunk) => {
    said += chunk
  })
  socket.on('error', () => undefined)
  socket.write(`${bytes}`)
  if (end) socket.end()
  await once(socket, 'close')
  return said
}
const head = (...lines: string[]) =>
  [
    'POST /v1/events HTTP/1.1',
    'host: weir',
    'connection: close',
    'content-type: text/plain',
    ...lines,
    '',
    '',
  ].join('\r\n')
const body = () => textOf({ key: shop.keys.write, visitor_id: 'v-1', events: [view()] })

describe('a body', () => {
  it('in chunks is stored', async () => {
    const chunks = (body().match(/.{1,30}/gs) ?? []).map(
      (chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`,
    )
    const said = await tell(`${head('transfer-encoding: chunked')}${chunks.join('')}0\r\n\r\n`)
    expect(said).toMatch(/^HTTP\/1.1 202 .*"accepted":1,/s)
  })

  it('of which half comes is not stored', async () => {
    const text = body()
    await tell(head(`content-length: ${text.length}`) + text.slice(0, 40), true)
    expect(await stored()).toEqual([])
  })

  it('longer than it says is stored or refused as one, never as two', async () => {
    const text = body()
    const said = await tell(head(`content-length: ${text.length - 5}`) + text)
    // Its own answer or none: what follows it is no HTTP.
    expect(said).toMatch(/^(HTTP\/1.1 400 |$)/)
    expect(await stored()).toEqual([])
  })

  it('that is compressed is refused with what to do', async () => {
    const response = await fetch(`${shop.weir.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-encoding': 'gzip', 'content-type': 'text/plain' },
      body: gzipSync(body()),
    })
    expect(response.status).toBe(415)
    expect(await response.json()).toMatchObject({
      code: 'unsupported_type',
      detail: expect.stringMatching(/gzip.*uncompressed/),
    })
  })

  it('of 15 events of 32 KB is stored, and its neighbour over that refused alone', async () => {
    const wide = (bytes: number) => ({
      properties: Object.fromEntries(
        Array.from({ length: Math.floor(bytes / 1_000) }, (_, index) => [
          `p${index}`,
          letters(990),
        ]),
      ),
    })
    const events = Array.from({ length: 14 }, (_, seq) => view({ seq, ...wide(31_000) }))
    const receipt = await send(shop.keys.write, [...events, view({ ...wide(36_000) })])
    expect(receipt).toMatchObject({ accepted: 14, rejected: [{ index: 14 }] })
    expect(receipt.rejected[0]?.code).toBe('event_too_large')
  })

  it('with one order of two visitors gives it to the first, and refuses the other by name', async () => {
    const receipt = await send(shop.keys.write, [
      purchase('o-1', { visitor_id: 'v-1' }),
      purchase('o-1', { visitor_id: 'v-2' }),
    ])
    expect(receipt).toMatchObject({ accepted: 1, rejected: [{ index: 1, code: 'order_taken' }] })
    expect(await stored()).toMatchObject([{ visitor_id: 'v-1' }])
  })

  it('of 500 purchases of one order is one order, and holds nobody up', async () => {
    const events = Array.from({ length: 500 }, (_, seq) => purchase('o-1', { seq }))
    expect(await send(shop.keys.write, events)).toMatchObject({ accepted: 1, duplicates: 499 })
    expect(await wrongInTheLedger()).toEqual([])
  })
})

describe('a page', () => {
  it('in a sandbox, whose origin is null, may send where every origin may, and is told where not', async () => {
    expect((await post(body(), { origin: 'null' })).status).toBe(202)
    const strict = await shop.newSite(['https://shop.example'])
    const text = textOf({ key: strict.keys.write, visitor_id: 'v', events: [view()] })
    const response = await post(text, { origin: 'null' })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({
      code: 'origin_not_allowed',
      detail: expect.stringContaining('null'),
    })
  })

  it('goes on with the new key while the old one is revoked under it', async () => {
    const path = `/v1/sites/${shop.id}/keys`
    const old = await readJson<{ id: number; key: string }>(
      await asAdmin('POST', path, { kind: 'write' }),
    )
    const sending = Array.from({ length: 20 }, (_, seq) => send(old.key, [view({ seq })]))
    const fresh = await readJson<{ key: string }>(await asAdmin('POST', path, { kind: 'write' }))
    await asAdmin('DELETE', `/v1/keys/${old.id}`)
    const more = Array.from({ length: 20 }, (_, seq) => send(fresh.key, [view({ seq: seq + 10 })]))
    await Promise.all([...sending, ...more])
    expect(await stored()).toHaveLength(30)
  })
})
