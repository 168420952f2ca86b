import type { Chance } from '../../demo/random.ts'
import { isRecord } from '../record.ts'
import { rightBody } from './right-body.ts'
import { letters, NOON, textOf } from './shop.ts'

export interface StrangeRequest {
  headers: Record<string, string>
  /** More than one are sent as chunks, without a length. */
  chunks: Buffer[]
}

/** What stands for a value, or a name, that something else was expected for. */
const JUNK: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e15 + 1,
  1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  8.64e15 + 1,
  NOON,
  '',
  ' ',
  'x',
  '*',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00x',
  '\u2028\u202e',
  'items',
  'constructor',
  'toString',
  'hasOwnProperty',
  '__proto__',
  letters(64),
  letters(65),
  letters(201),
  '🛶'.repeat(513),
  letters(33_000),
  '2026-11-05T12:00:00Z',
  '2026-02-30',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-19T23:59:59Z',
  '1e400',
  'https://[::1',
  'https://a.example/?utm_source=%ff%00&utm_medium=%',
  `https://a.example/${letters(5_000)}`,
  'javascript:alert(1)',
  '019a5381-0000-7000-8000-00000000000',
  '019A5381-0000-7000-8000-000000000001',
  'ffffffff-ffff-7fff-bfff-ffffffffffff',
  '00000000-0000-7000-8000-000000000000',
  '019a5381-0000-4000-8000-000000000001',
  [],
  [[]],
  [null],
  [1, 'x', {}],
  {},
  { a: {} },
  { length: 3 },
  { toString: 1, valueOf: 1, toJSON: 1 },
  Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`q${index}`, index])),
  Array.from({ length: 501 }, () => ({ name: 'view', at: NOON })),
  '@huge@',
  '@deep@',
  '@proto@',
  '@constructor@',
]

const HEADERS: readonly [string, readonly string[]][] = [
  [
    'content-type',
    [
      'application/json',
      'Application/JSON; charset=utf-8',
      'text/plain; charset=latin1',
      'text/plain, application/json',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/json;',
      '/',
      'x',
      '',
      letters(4_000),
    ],
  ],
  ['content-encoding', ['gzip', 'identity', 'br, gzip', '', 'x']],
  ['authorization', ['Bearer', 'Bearer ', 'Basic eDp5', 'Bearer wk_', 'bearer \u00ff', 'x']],
  ['origin', ['null', 'https://shop.example', 'https://[', '*', '\u00e9']],
  ['user-agent', ['', 'curl/8', letters(6_000), '\u00ff\u00fe', '(((((((((((((((((((((((;;;;;;;']],
  ['cookie', ['weir=x', '=', ';;;;', '__Host-weir=%00']],
  ['x-forwarded-for', ['1.2.3.4', '::1, x', '\u00e9']],
  ['expect', ['100-continue']],
  ['accept', ['text/html', '*', '']],
  ['range', ['bytes=0-']],
  ['if-none-match', ['*']],
  ['x-http-method-override', ['DELETE']],
]

/**
 * A request to `POST /v1/events` that is nearly right, or hardly: most bodies have one thing wrong,
 * at any depth, so that what stands behind every check is reached too.
 */
export function strangeRequest(chance: Chance, keys: readonly string[]): StrangeRequest {
  const one = <T>(values: readonly T[]): T => chance.pick(values.map((value) => [value, 1]))
  const headers: Record<string, string> = { 'content-type': 'text/plain' }
  const key = one(keys)
  const body = rightBody(chance, key)
  if (chance.happens(0.2)) {
    delete body.key
    headers.authorization = `Bearer ${key}`
  }
  const wrong = chance.pick([
    [0, 1],
    [1, 8],
    [chance.between(2, 4), 6],
    [chance.between(5, 30), 2],
  ])
  for (let count = 0; count < wrong; count++) spoil(body, chance)
  while (chance.happens(0.1)) {
    const [name, values] = one(HEADERS)
    headers[name] = one(values)
  }
  let bytes: Buffer = Buffer.from(textOf(body))
  while (chance.happens(0.08)) bytes = spoilBytes(bytes, chance)
  return { headers, chunks: chance.happens(0.1) ? cut(bytes, chance) : [bytes] }
}

/** Changes one value or name, anywhere inside. */
function spoil(body: unknown, chance: Chance): void {
  const places: [Record<string, unknown> | unknown[], string | number][] = []
  const look = (inside: unknown) => {
    if (Array.isArray(inside)) {
      for (const [index, value] of inside.slice(0, 9).entries()) {
        places.push([inside, index])
        look(value)
      }
    } else if (isRecord(inside)) {
      for (const [name, value] of Object.entries(inside)) {
        places.push([inside, name])
        look(value)
      }
    }
  }
  look(body)
  if (places.length === 0) return
  const junk = chance.pick(JUNK.map((value) => [value, 1]))
  const [inside, at] = chance.pick(places.map((place) => [place, 1]))
  if (Array.isArray(inside)) {
    inside.splice(Number(at), chance.between(0, 1), structuredClone(junk))
    return
  }
  const value = inside[at]
  const name = (typeof junk === 'string' ? junk : JSON.stringify(junk)).slice(0, 300)
  const ways: [() => void, number][] = [
    [() => set(inside, at, structuredClone(junk)), 6],
    [() => delete inside[at], 1],
    [() => set(inside, at, chance.happens(0.5) ? [value] : { value }), 1],
    [() => set(inside, at, typeof value === 'string' ? Number(value) : JSON.stringify(value)), 1],
    [() => set(inside, name, value), 2],
  ]
  chance.pick(ways)()
}

/** Also where the name is `__proto__`: it becomes a field like any other, and stands in the JSON. */
const set = (inside: object, name: string | number, value: unknown) =>
  Object.defineProperty(inside, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })

const NO_JSON: readonly string[] = [
  ...['', '"', '\\', '\\ud800', '}', ']', ',', '{', '[', '\u0000', '\ufeff', '1e5', '-', '//'],
  ...['NaN', '"__proto__":1,', '"events":[],', '"name":1,', '"key":"",', ' '.repeat(1_000)],
]

/** Cuts, lengthens or overwrites anywhere, in the middle of a character too. */
function spoilBytes(bytes: Buffer, chance: Chance): Buffer {
  const at = chance.between(0, bytes.length)
  const junk = Buffer.from(chance.pick(NO_JSON.map((text) => [text, 1])))
  const ways: [() => Buffer, number][] = [
    [() => bytes.subarray(0, at), 1],
    [() => Buffer.concat([bytes.subarray(0, at), junk, bytes.subarray(at)]), 2],
    [() => Buffer.concat([bytes.subarray(0, at), junk, bytes.subarray(at + junk.length)]), 2],
    [
      () => {
        const spoiled = Buffer.from(bytes)
        for (let count = chance.between(1, 4); count > 0; count--) {
          spoiled[chance.between(0, Math.max(0, bytes.length - 1))] = chance.between(0, 255)
        }
        return spoiled
      },
      3,
    ],
  ]
  return chance.pick(ways)()
}

function cut(bytes: Buffer, chance: Chance): Buffer[] {
  const chunks: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = chance.between(1, Math.max(1, bytes.length >> 1))
    chunks.push(bytes.subarray(at, at + length))
    at += length
  }
  return chunks
}
