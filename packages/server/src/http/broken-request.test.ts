/** Bytes that are no HTTP, or hardly: a problem document or a closed connection, and the next request is served. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { type ProblemCode, problem } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { chanceFrom } from '../demo/random.ts'
import { idOf, letters, openShop, textOf, view } from '../ingest/test/shop.ts'

const shop = openShop()
const { send, stored } = shop

/** What the server says to these bytes, until it ends the connection or is silent. */
async function tell(bytes: string | Buffer, silence = 3_000): Promise<string> {
  const socket = connect(Number(new URL(shop.weir.url).port), '127.0.0.1')
  const closed = once(socket, 'close')
  let said = ''
  socket.setTimeout(silence, () => socket.destroy())
  socket.on('data', (chunk) => {
    said += chunk
  })
  socket.on('error', () => undefined)
  socket.write(bytes)
  await closed
  return said
}

const body = () => textOf({ key: shop.keys.write, visitor_id: 'v-1', events: [view()] })
const POST = 'POST /v1/events HTTP/1.1\r\nhost: weir\r\ncontent-type: text/plain\r\n'
const right = () => `${POST}content-length: ${body().length}\r\n\r\n${body()}`

const head = (...lines: string[]): string => [...lines, '', ''].join('\r\n')

/** The problem that an answer ends with. */
const problemIn = (said: string) => problem.parse(JSON.parse(said.slice(said.lastIndexOf('\r\n'))))

describe('a request that is none', () => {
  it.each<[string, () => string | Buffer, (ProblemCode | null)?]>([
    ['nonsense', () => 'hello, is anybody there?\r\n\r\n'],
    ['a line that goes on for ever', () => `GET /${letters(100_000)}`, 'head_too_large'],
    ['a handshake of TLS', () => Buffer.from('16030100a5010000a10303', 'hex')],
    ['another protocol', () => 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a version that there is not', () => head('GET /healthz HTTP/9.9', 'host: weir')],
    ['a method that there is not', () => head('STEAL /healthz HTTP/1.1', 'host: weir')],
    ['no host', () => head('GET /healthz HTTP/1.1'), null],
    [
      'headers of 17 KB',
      () => head('GET / HTTP/1.1', 'host: weir', `x: ${letters(17_000)}`),
      'head_too_large',
    ],
    [
      '5,000 headers',
      () => head('GET / HTTP/1.1', 'host: weir', ...Array.from({ length: 5_000 }, () => 'x: yyy')),
      'head_too_large',
    ],
    ['a header without a name', () => head('GET / HTTP/1.1', 'host: weir', ': x')],
    ['NUL in a header', () => head('GET / HTTP/1.1', 'host: weir', 'x: a\u0000b')],
    ['two lengths', () => head(`${POST}content-length: 5`, 'content-length: 6')],
    ['a length below nothing', () => head(`${POST}content-length: -1`)],
    ['a length that is none', () => head(`${POST}content-length: many`)],
    ['a length beyond all numbers', () => head(`${POST}content-length: 99999999999999999999999`)],
    [
      'a length and chunks',
      () =>
        `${head(`${POST}content-length: 5`, 'transfer-encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`,
    ],
    [
      'a chunk of no size',
      () => `${head(`${POST}transfer-encoding: chunked`)}zz\r\nhello\r\n0\r\n\r\n`,
    ],
    [
      'a chunk larger than all memory',
      () => `${head(`${POST}transfer-encoding: chunked`)}ffffffffffffffffffff\r\n`,
    ],
    [
      'a chunk that is longer than it says',
      () => `${head(`${POST}transfer-encoding: chunked`)}3\r\nhello\r\n0\r\n\r\n`,
    ],
    ['chunks that are compressed', () => head(`${POST}transfer-encoding: chunked, gzip`)],
    ['something that it expects', () => head(`${POST}expect: a miracle`), null],
  ])('but %s is answered with what is wrong', async (_, bytes, code = 'invalid_request') => {
    const said = await tell(bytes())
    if (code === null) expect(said).toMatch(/^HTTP\/1.1 4/)
    else expect(problemIn(said)).toMatchObject({ code })
    expect(await stored()).toEqual([])
    expect(await send(shop.keys.write, [view()])).toMatchObject({ accepted: 1 })
  })

  it('takes nothing from the one before it: that is answered as it is, or not at all', async () => {
    const said = await tell(`${right()}and nonsense\r\n\r\n`)
    expect(said).not.toMatch(/^HTTP\/1.1 4/)
    // Committed when its answer was cut off: the same again is a duplicate.
    await expect.poll(stored).toHaveLength(1)
    expect(await send(shop.keys.write, [view()])).toMatchObject({ duplicates: 1 })
  })
})

it('requests behind each other on one connection are answered in their order', async () => {
  const said = await tell(
    `${right()}GET /healthz HTTP/1.1\r\nhost: weir\r\n\r\n${right()}GET /no HTTP/1.1\r\nhost: weir\r\n\r\n`,
  )
  const statuses = [...said.matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => status)
  expect(statuses).toEqual(['202', '200', '202', '404'])
  expect(await stored()).toHaveLength(1)
})

it('requests with any byte changed are answered with 2xx to 4xx, or not at all', async () => {
  const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_122)
  const chance = chanceFrom(SEED)
  const spoiled = () => {
    const bytes = Buffer.from(right().replace('\r\n', '\r\nconnection: close\r\n'))
    // Most of what is there to break stands before the body.
    const most = chance.happens(0.8) ? 160 : bytes.length
    for (let count = chance.between(1, 3); count > 0; count--) {
      const junk = chance.happens(0.5) ? chance.between(0, 255) : 0x20 + chance.between(0, 30)
      bytes[chance.between(0, most - 1)] = junk
    }
    return bytes
  }
  for (let sent = 0; sent < howLong(200); sent += 50) {
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const bytes = spoiled()
        const said = await tell(bytes, 300)
        expect(said, `seed ${SEED}: ${bytes.toString('latin1')}`).toMatch(
          /^$|^HTTP\/1.1 [234]\d\d .*\r\n\r\n/s,
        )
      }),
    )
  }
  expect(await send(shop.keys.write, [view({ id: idOf(1) })])).toMatchObject({ accepted: 1 })
})
