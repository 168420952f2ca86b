/** What `POST /v1/events` promises: see api.md, "Sending", and reliability.md, "Ingest". */
import type { Problem, Receipt } from '@weir/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chanceFrom } from './demo/random.ts'
import { readJson, startTestWeir, type TestWeir } from './testing.ts'

const NOON = Date.UTC(2026, 10, 5, 12)
const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

interface Shop {
  id: number
  keys: { write: string; secret: string; read: string }
}

interface Stored {
  id: string
  visitor_id: string
  name: string
  at: number
  stream: string | null
  properties: Record<string, unknown>
}

type Json = Record<string, unknown>

let now = NOON
let weir: TestWeir
let shop: Shop

beforeAll(async () => {
  weir = await startTestWeir({ now: () => now })
})
beforeEach(async () => {
  now = NOON
  shop = await newShop()
})
afterAll(() => weir.stop())

async function asAdmin<T>(method: string, path: string, body?: Json): Promise<T> {
  const response = await fetch(weir.url + path, {
    method,
    headers: {
      authorization: `Bearer ${weir.keys.admin}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(response.ok).toBe(true)
  return response.status === 204 ? JSON.parse('null') : readJson<T>(response)
}

async function newShop(origins: string[] | null = null): Promise<Shop> {
  const made = await asAdmin<{ site: { id: number }; keys: Shop['keys'] }>('POST', '/v1/sites', {
    name: 'A shop',
    time_zone: 'UTC',
    origins,
  })
  return { id: made.site.id, keys: made.keys }
}

/** JSON as a stranger may write it: what JavaScript cannot write stands for itself. */
const textOf = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('"@huge@"', '1e999')
    .replaceAll('"@deep@"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    .replaceAll('"@proto@"', '{"__proto__":{"polluted":true}}')
    .replaceAll('"@constructor@"', '{"constructor":{"prototype":{"polluted":true}}}')

const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${weir.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body,
  })

/** Sends as a page does, with the key in the body. */
async function send(
  key: string,
  events: unknown[],
  envelope: Json = {},
  headers: Record<string, string> = {},
): Promise<Receipt> {
  const response = await post(textOf({ key, visitor_id: 'v-1', ...envelope, events }), headers)
  expect(response.status).toBe(202)
  return readJson(response)
}

async function problemOf(response: Response): Promise<[number, string]> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const { status, code, detail } = await readJson<Problem>(response)
  expect(status).toBe(response.status)
  expect(detail).not.toMatch(/\bat .*\.[jt]s/)
  return [response.status, code]
}

async function stored(site_id = shop.id): Promise<Stored[]> {
  const { rows } = await weir.pool.query<Stored>(
    `select event_id as id, visitor_id, name, extract(epoch from at)::float8 * 1000 as at, stream, properties
       from events where site_id = $1 order by at, event_id`,
    [site_id],
  )
  return rows
}

/** Batches whose count is not the number of their events. */
async function wrongInTheLedger(): Promise<unknown[]> {
  const { rows } = await weir.pool.query(`
    with counted as (select batch_id, count(*)::int as events from events group by batch_id)
    select batch_id, batches.events as said, coalesce(counted.events, 0) as found
    from batches
    full join counted using (batch_id)
    where batches.events is distinct from coalesce(counted.events, 0)`)
  return rows
}

const view = (more: Json = {}): Json => ({ name: 'view', at: NOON - SECOND, ...more })
const purchase = (order_id: unknown, more: Json = {}): Json => ({
  name: 'purchase',
  at: NOON - SECOND,
  properties: { order_id, value: 20, currency: 'EUR' },
  ...more,
})
/** A v7 of its own for every number. */
const idOf = (number: number): string =>
  `019a5381-0000-7000-8000-${String(number).padStart(12, '0')}`
const letters = (count: number): string => 'x'.repeat(count)
const properties = (count: number, value: unknown = 1): Json =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, value]))

describe('a bad event', () => {
  it.each([
    { what: 'is text', event: 'view', want: ['event_invalid', undefined] },
    { what: 'is null', event: null, want: ['event_invalid', undefined] },
    { what: 'is a list', event: [], want: ['event_invalid', undefined] },
    { what: 'has no name', event: { at: NOON }, want: ['name_required', 'name'] },
    { what: 'has a number for a name', event: view({ name: 7 }), want: ['name_required', 'name'] },
    {
      what: 'has a name of 201 characters',
      event: view({ name: 'é'.repeat(201) }),
      want: ['name_too_long', 'name'],
    },
    { what: 'rings a bell', event: view({ name: 'vi\u0007ew' }), want: ['name_invalid', 'name'] },
    {
      what: 'holds a C1 control',
      event: view({ name: 'a\u0085' }),
      want: ['name_invalid', 'name'],
    },
    { what: 'holds NUL', event: view({ name: 'a\u0000b' }), want: ['name_invalid', 'name'] },
    { what: 'is called *', event: view({ name: '*' }), want: ['name_invalid', 'name'] },
    {
      what: 'has a nested property',
      event: view({ properties: { size: { width: 1 } } }),
      want: ['property_not_flat', 'properties.size'],
    },
    {
      what: 'has a list for a property',
      event: view({ properties: { sizes: [1, 2] } }),
      want: ['property_not_flat', 'properties.sizes'],
    },
    {
      what: 'has an item in an item',
      event: view({ properties: { items: [{ product_id: 'a', parts: [] }] } }),
      want: ['property_not_flat', 'properties.items.0.parts'],
    },
    {
      what: 'has items that are none',
      event: view({ properties: { items: 'kettle' } }),
      want: ['items_invalid', 'properties.items'],
    },
    {
      what: 'has properties that are a list',
      event: view({ properties: [1] }),
      want: ['properties_invalid', 'properties'],
    },
    {
      what: 'has 65 properties',
      event: view({ properties: properties(65) }),
      want: ['too_many_properties', 'properties'],
    },
    {
      what: 'has a property with a name of 201 characters',
      event: view({ properties: { [letters(201)]: 1 } }),
      want: ['property_name_invalid', `properties.${letters(40)}`],
    },
    {
      what: 'has 1e999 for a number',
      event: view({ properties: { price: '@huge@' } }),
      want: ['number_not_finite', 'properties.price'],
    },
    {
      what: 'has a property 20,000 deep',
      event: view({ properties: { deep: '@deep@' } }),
      want: ['property_not_flat', 'properties.deep'],
    },
    {
      what: 'has items 20,000 deep',
      event: view({ properties: { items: '@deep@' } }),
      want: ['items_invalid', 'properties.items.0'],
    },
    { what: 'has a seq 20,000 deep', event: view({ seq: '@deep@' }), want: ['seq_invalid', 'seq'] },
    { what: 'has an id 20,000 deep', event: view({ id: '@deep@' }), want: ['id_invalid', 'id'] },
    { what: 'has a time 20,000 deep', event: view({ at: '@deep@' }), want: ['at_invalid', 'at'] },
    {
      what: 'is over 32 KB',
      event: view({ properties: properties(40, letters(1_000)) }),
      want: ['event_too_large', 'properties'],
    },
    {
      what: 'has a space in its visitor',
      event: view({ visitor_id: 'v 1' }),
      want: ['visitor_id_invalid', 'visitor_id'],
    },
    {
      what: 'has a visitor of 65 characters',
      event: view({ visitor_id: letters(65) }),
      want: ['visitor_id_invalid', 'visitor_id'],
    },
    {
      what: 'happened on 30 February',
      event: view({ at: '2026-02-30T00:00:00Z' }),
      want: ['at_invalid', 'at'],
    },
    {
      what: 'happened at no place’s midnight',
      event: view({ at: '2026-11-05T00:00:00' }),
      want: ['at_invalid', 'at'],
    },
    { what: 'has neither time nor id', event: { name: 'view' }, want: ['at_required', 'at'] },
    { what: 'has half a seq', event: view({ seq: 0.5 }), want: ['seq_invalid', 'seq'] },
    { what: 'has an empty id', event: view({ id: '' }), want: ['id_invalid', 'id'] },
    {
      what: 'has a stream of 65 characters',
      event: view({ stream: letters(65) }),
      want: ['stream_invalid', 'stream'],
    },
    {
      what: 'is a purchase without an order id',
      event: purchase(undefined),
      want: ['order_id_required', 'properties.order_id'],
    },
    {
      what: 'is a purchase whose order id is blank',
      event: purchase(' \u0000 '),
      want: ['order_id_required', 'properties.order_id'],
    },
  ])('that $what is refused, and its neighbours are stored', async ({ event, want }) => {
    const receipt = await send(shop.keys.write, [view({ seq: 1 }), event, view({ seq: 3 })])
    expect(receipt).toMatchObject({ accepted: 2, duplicates: 0 })
    expect(receipt.rejected.map(({ index, code, field }) => [index, code, field])).toEqual([
      [1, ...want],
    ])
    expect(await stored()).toHaveLength(2)
  })

  it('without a visitor anywhere is refused', async () => {
    const response = await post(textOf({ key: shop.keys.write, events: [view()] }))
    const { rejected } = await readJson<Receipt>(response)
    expect(rejected).toMatchObject([{ code: 'visitor_id_required', field: 'visitor_id' }])
  })

  it('that only Postgres finds bad is refused alone', async () => {
    // Beyond what a B-tree takes for a key (2,704 bytes), and nothing that compresses.
    const chance = chanceFrom(7)
    const order_id = Array.from({ length: 1_024 }, () =>
      String.fromCodePoint(chance.between(0x4e00, 0x9fa0)),
    ).join('')
    const events = [purchase('o-1'), view(), purchase(order_id), view({ seq: 2 }), purchase('o-2')]
    const receipt = await send(shop.keys.write, events)
    expect(receipt.rejected).toMatchObject([{ index: 2, code: 'refused_by_database' }])
    expect(receipt.accepted).toBe(4)
    expect(await stored()).toHaveLength(4)
    expect(await wrongInTheLedger()).toEqual([])
  })

  it('is answered with its id, and the rest of a batch of many kinds is stored', async () => {
    const events = Array.from({ length: 100 }, (_, index) =>
      view({ id: idOf(index), name: index % 10 === 3 ? '*' : 'view' }),
    )
    const receipt = await send(shop.keys.write, events)
    expect(receipt.accepted).toBe(90)
    expect(receipt.rejected.map(({ index, id }) => [index, id])).toEqual(
      [3, 13, 23, 33, 43, 53, 63, 73, 83, 93].map((index) => [index, idOf(index)]),
    )
  })
})

describe('a strange event that may be', () => {
  it.each([
    { what: 'has a name of 200 boats', event: view({ name: '🛶'.repeat(200) }) },
    { what: 'has 64 properties', event: view({ properties: properties(64) }) },
    { what: 'has no properties', event: view({ properties: null }) },
    { what: 'has the largest seq', event: view({ seq: 2 ** 31 - 1 }) },
    { what: 'has a context 20,000 deep', event: view({ context: { title: '@deep@' } }) },
    {
      what: 'has an address that is none',
      event: view({ context: { url: 'http://[', referrer: 7 } }),
    },
    {
      what: 'has the time zone `constructor`',
      event: view({ context: { time_zone: 'constructor' } }),
    },
    { what: 'has a field of its own', event: view({ colour: 'red' }) },
  ])('and $what is stored', async ({ event }) => {
    expect(await send(shop.keys.write, [event])).toMatchObject({ accepted: 1, rejected: [] })
    expect(await stored()).toHaveLength(1)
  })

  it('is cut to 1,024 characters a text, with a warning', async () => {
    const receipt = await send(shop.keys.write, [
      view({ id: idOf(1) }),
      view({
        id: idOf(2),
        properties: { note: letters(2_000), items: [{ note: `${letters(1_023)}🛶` }] },
      }),
    ])
    expect(receipt).toMatchObject({ accepted: 2, rejected: [] })
    expect(receipt.warnings.map(({ index, id, code, field }) => [index, id, code, field])).toEqual([
      [1, idOf(2), 'text_cut', 'properties.note'],
      [1, idOf(2), 'text_cut', 'properties.items.0.note'],
    ])
    expect((await stored()).at(-1)?.properties).toMatchObject({
      note: letters(1_024),
      items: [{ note: `${letters(1_023)}\ufffd` }],
    })
  })

  it('is stored without NUL and lone surrogates', async () => {
    const dirty = 'a\u0000b\ud83dc'
    const receipt = await send(shop.keys.write, [
      view({
        name: 'n\ud83dme',
        stream: dirty,
        properties: { [dirty]: dirty, items: [{ [dirty]: dirty }] },
        context: { title: dirty, language: dirty },
      }),
    ])
    expect(receipt).toMatchObject({ accepted: 1, rejected: [], warnings: [] })
    const clean = 'ab\ufffdc'
    expect(await stored()).toMatchObject([
      {
        name: 'n\ufffdme',
        stream: clean,
        properties: { [clean]: clean, items: [{ [clean]: clean }], title: clean, language: clean },
      },
    ])
  })

  it('keeps an event whose title or campaign is cut in the middle of an emoji', async () => {
    const long = `${letters(199)}🛶 and more`
    const receipt = await send(shop.keys.write, [
      view({ seq: 1, context: { title: long } }),
      view({
        seq: 2,
        context: { url: `https://shop.example/?utm_campaign=${encodeURIComponent(long)}` },
      }),
    ])
    expect(receipt).toMatchObject({ accepted: 2, rejected: [] })
  })
})

describe('a body', () => {
  const envelope = (events: unknown[], more: Json = {}) =>
    textOf({ key: shop.keys.write, visitor_id: 'v-1', ...more, events })
  const many = (count: number, note = '') =>
    Array.from({ length: count }, (_, seq) => view({ seq, properties: { note } }))

  it('may hold 500 events', async () => {
    expect(await send(shop.keys.write, many(500))).toMatchObject({ accepted: 500 })
  })

  it.each([
    {
      what: 'over 500 events',
      body: () => envelope(many(501)),
      want: [413, 'too_many_events'],
    },
    {
      what: 'over 512 KB',
      body: () => envelope(many(500, letters(1_024))),
      want: [413, 'body_too_large'],
    },
    {
      what: 'another type',
      body: () => envelope([view()]),
      type: 'application/xml',
      want: [415, 'unsupported_type'],
    },
    {
      what: 'the type of a form',
      body: () => envelope([view()]),
      type: 'application/x-www-form-urlencoded',
      want: [415, 'unsupported_type'],
    },
    { what: 'no JSON', body: () => '{"key":', want: [400, 'invalid_json'] },
    {
      what: 'no JSON, as JSON',
      body: () => 'events',
      type: 'application/json',
      want: [400, 'invalid_json'],
    },
    { what: 'nothing', body: () => '', want: [400, 'invalid_json'] },
    {
      what: '__proto__',
      body: () => envelope([view({ properties: '@proto@' })]),
      want: [400, 'invalid_json'],
    },
    {
      what: '__proto__ in disguise',
      body: () => envelope([view({ properties: '@proto@' })]).replace('__proto', '\\u005f_proto'),
      want: [400, 'invalid_json'],
    },
    {
      what: 'constructor.prototype',
      body: () => envelope([view({ properties: '@constructor@' })]),
      want: [400, 'invalid_json'],
    },
    { what: 'a list', body: () => '[]', want: [400, 'invalid_request'] },
    {
      what: 'no events',
      body: () => textOf({ key: shop.keys.write }),
      want: [400, 'invalid_request'],
    },
    {
      what: '20,000 lists instead of events',
      body: () => textOf({ key: shop.keys.write, events: { 0: '@deep@' } }),
      want: [400, 'invalid_request'],
    },
  ])(
    'with $what is refused as a whole',
    async ({ body, type = 'text/plain;charset=UTF-8', want }) => {
      const response = await post(body(), { 'content-type': type })
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(await problemOf(response)).toEqual(want)
      expect(await stored()).toEqual([])
      expect(Object.prototype).not.toHaveProperty('polluted')
    },
  )

  it('with no events is answered', async () => {
    expect(await send(shop.keys.write, [])).toEqual({
      accepted: 0,
      duplicates: 0,
      rejected: [],
      warnings: [],
    })
  })

  it('may be text or JSON, with the key in it or before it', async () => {
    const body = textOf({ visitor_id: 'v-1', events: [view()] })
    for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'application/json']) {
      const response = await post(body, {
        'content-type': type,
        authorization: `Bearer ${shop.keys.write}`,
      })
      expect(response.status).toBe(202)
    }
    expect(await stored()).toHaveLength(1)
  })
})

describe('an id', () => {
  it('makes the same body sent twice harmless, given or not', async () => {
    const events = [view({ id: idOf(1) }), view({ id: 'mine' }), view(), purchase('o-1')]
    expect(await send(shop.keys.write, events)).toMatchObject({ accepted: 4, duplicates: 0 })
    expect(await send(shop.keys.write, events)).toMatchObject({ accepted: 0, duplicates: 4 })
    expect(await stored()).toHaveLength(4)
  })

  it('is made for each of two equal events, and again the same', async () => {
    expect(await send(shop.keys.write, [view(), view()])).toMatchObject({ accepted: 2 })
    expect(await send(shop.keys.write, [view(), view()])).toMatchObject({ duplicates: 2 })
    expect(new Set((await stored()).map(({ id }) => id)).size).toBe(2)
  })

  it('that is made does not depend on the order of properties', async () => {
    await send(shop.keys.write, [view({ properties: { a: 1, items: [{ b: 1, c: 2 }] } })])
    const receipt = await send(shop.keys.write, [
      view({ properties: { items: [{ c: 2, b: 1 }], a: 1 } }),
    ])
    expect(receipt).toMatchObject({ accepted: 0, duplicates: 1 })
  })

  it.each([
    { what: 'a v4', id: '0fa5cc70-5b7a-4a4e-9d5c-3a4f3f4c8b11' },
    { what: 'text', id: 'order 7 / line 1' },
    { what: 'a v7 with a wrong variant', id: '019a5381-0000-7000-0000-000000000001' },
  ])('that is $what becomes a v7 with the time of the event, and stays it', async ({ id }) => {
    expect(await send(shop.keys.write, [view({ id })])).toMatchObject({ accepted: 1 })
    now += DAY
    expect(await send(shop.keys.write, [view({ id })])).toMatchObject({ duplicates: 1 })
    const [event] = await stored()
    expect(event?.id).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    expect(Number.parseInt(event?.id.replaceAll('-', '').slice(0, 12) ?? '', 16)).toBe(
      NOON - SECOND,
    )
  })

  it('that is a v7 is stored as it is, in lower case', async () => {
    await send(shop.keys.write, [view({ id: idOf(1).toUpperCase() })])
    expect(await stored()).toMatchObject([{ id: idOf(1) }])
  })

  it('tells the time where `at` is missing', async () => {
    const at = NOON - MINUTE
    const hex = at.toString(16).padStart(12, '0')
    const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000001`
    const receipt = await send(shop.keys.write, [
      { id, name: 'view' },
      { id: 'mine', name: 'view' },
    ])
    expect(receipt).toMatchObject({ accepted: 2, rejected: [] })
    expect((await stored()).map((event) => event.at)).toEqual([at, NOON])
    now += MINUTE
    expect(await send(shop.keys.write, [{ id: 'mine', name: 'view' }])).toMatchObject({
      duplicates: 1,
    })
  })

  it('that is made never holds a corrected time', async () => {
    const event = view({ at: NOON + 2 * DAY })
    await send(shop.keys.write, [event], { sent_at: NOON + 2 * DAY })
    now += MINUTE
    const again = await send(shop.keys.write, [event], { sent_at: NOON + 2 * DAY + MINUTE + 7 })
    expect(again).toMatchObject({ accepted: 0, duplicates: 1 })
  })
})

describe('the time of a page’s event', () => {
  it.each([
    { what: 'is kept', at: -SECOND, want: -SECOND },
    { what: 'is kept where the clock is right', at: -SECOND, sent: 0, want: -SECOND },
    {
      what: 'is corrected, clock 2 days ahead',
      at: 2 * DAY - SECOND,
      sent: 2 * DAY,
      want: -SECOND,
    },
    {
      what: 'is corrected, clock 2 days behind',
      at: -2 * DAY - SECOND,
      sent: -2 * DAY,
      want: -SECOND,
    },
    {
      what: 'is corrected, clock 10 years behind',
      at: -3_650 * DAY - SECOND,
      sent: -3_650 * DAY,
      want: -SECOND,
    },
    {
      what: 'is left alone, clock 4 minutes behind',
      at: -5 * MINUTE,
      sent: -4 * MINUTE,
      want: -5 * MINUTE,
    },
    { what: 'is left alone, clock 5 minutes ahead', at: -SECOND, sent: 5 * MINUTE, want: -SECOND },
    {
      what: 'is left alone for a `sent_at` that is none',
      at: -SECOND,
      text: 'soon',
      want: -SECOND,
    },
    { what: 'is 7 days ago at the earliest', at: -8 * DAY, want: -7 * DAY },
    { what: 'is now at the latest', at: 3 * MINUTE, sent: 4 * MINUTE, want: 0 },
    { what: 'is now at the latest, without a `sent_at`', at: 2 * DAY, want: 0 },
  ])('$what', async ({ at, sent, text, want }) => {
    const sent_at = text ?? (sent === undefined ? undefined : NOON + sent)
    await send(shop.keys.write, [view({ at: NOON + at })], { sent_at })
    expect((await stored()).map((event) => event.at - NOON)).toEqual([want])
  })

  it('may be written with an offset', async () => {
    await send(shop.keys.write, [view({ at: '2026-11-05T13:59:30.250+02:00' })])
    expect((await stored())[0]?.at).toBe(NOON - 30 * SECOND + 250)
  })
})

describe('the time of a server’s event', () => {
  it.each([
    { what: 'may be in 2005', at: Date.UTC(2005, 5), want: 'stored' },
    { what: 'may be the first moment of 2000', at: Date.UTC(2000, 0), want: 'stored' },
    { what: 'may not be in 1999', at: Date.UTC(1999, 11, 31, 23, 59), want: 'at_out_of_range' },
    { what: 'may be 23 hours ahead', at: NOON + 23 * 60 * MINUTE, want: 'stored' },
    { what: 'may not be 2 days ahead', at: NOON + 2 * DAY, want: 'at_out_of_range' },
  ])('$what', async ({ at, want }) => {
    // A server’s clock is its own: `sent_at` corrects nothing.
    const receipt = await send(shop.keys.secret, [view({ at })], { sent_at: NOON + 20 * DAY })
    expect(receipt.rejected[0]?.code ?? 'stored').toBe(want)
    expect((await stored()).map((event) => event.at)).toEqual(want === 'stored' ? [at] : [])
  })
})

describe('an order', () => {
  const orders = async () => {
    const { rows } = await weir.pool.query(
      `select order_id, visitor_id, event_id, by_server, confirmed_at is not null as confirmed
         from orders where site_id = $1 order by order_id`,
      [shop.id],
    )
    return rows
  }
  const codes = ({ rejected }: Receipt) => rejected.map(({ code }) => code)

  it('counts once, however often its thank-you page comes back', async () => {
    expect(await send(shop.keys.write, [purchase('o-1', { id: idOf(1) })])).toMatchObject({
      accepted: 1,
    })
    const reloads = [purchase('o-1', { id: idOf(2) }), purchase('o-1', { id: idOf(3) })]
    expect(await send(shop.keys.write, reloads)).toMatchObject({
      accepted: 0,
      duplicates: 2,
      rejected: [],
    })
    now += 3 * DAY
    const later = await send(shop.keys.write, [purchase('o-1', { id: idOf(4), at: now })])
    expect(later).toMatchObject({ accepted: 0, duplicates: 1 })
    expect(await stored()).toMatchObject([{ id: idOf(1) }])
    expect(await orders()).toMatchObject([
      { order_id: 'o-1', visitor_id: 'v-1', event_id: idOf(1) },
    ])
  })

  it('counts once where one body holds it twice, and one visitor’s two orders count twice', async () => {
    const events = [
      purchase('o-1', { id: idOf(1) }),
      purchase('o-1', { id: idOf(2) }),
      purchase('o-2', { id: idOf(3) }),
    ]
    expect(await send(shop.keys.write, events)).toMatchObject({ accepted: 2, duplicates: 1 })
    expect((await stored()).map(({ id }) => id)).toEqual([idOf(1), idOf(3)])
  })

  it('is refused to another visitor', async () => {
    await send(shop.keys.write, [purchase('o-1')])
    const receipt = await send(shop.keys.write, [view(), purchase('o-1')], { visitor_id: 'v-2' })
    expect(receipt).toMatchObject({ accepted: 1, duplicates: 0 })
    expect(receipt.rejected).toMatchObject([
      { index: 1, code: 'order_taken', field: 'properties.order_id' },
    ])
    expect((await stored()).filter(({ name }) => name === 'purchase')).toHaveLength(1)
  })

  it('of another site is another order', async () => {
    const other = await newShop()
    await send(shop.keys.write, [purchase('o-1')])
    const receipt = await send(other.keys.write, [purchase('o-1')], { visitor_id: 'v-2' })
    expect(receipt).toMatchObject({ accepted: 1, rejected: [] })
  })

  it('has the same id as text and as a number', async () => {
    await send(shop.keys.write, [purchase(1001, { id: idOf(1) })])
    expect(await send(shop.keys.write, [purchase(' 1001 ', { id: idOf(2) })])).toMatchObject({
      duplicates: 1,
    })
    expect(await orders()).toMatchObject([{ order_id: '1001' }])
  })

  it.each([
    { whose: 'the same visitor', visitor_id: 'v-1', again: { duplicates: 1, codes: [] } },
    {
      whose: 'another visitor',
      visitor_id: 'v-2',
      again: { duplicates: 0, codes: ['order_taken'] },
    },
  ])(
    'is the server’s, which replaces the claim of a page of $whose',
    async ({ visitor_id, again }) => {
      const page = [view({ id: idOf(1) }), purchase('o-1', { id: idOf(2) })]
      await send(shop.keys.write, page)
      const server = [purchase('o-1', { id: idOf(3), visitor_id })]
      expect(await send(shop.keys.secret, server)).toMatchObject({ accepted: 1, rejected: [] })
      expect((await stored()).map(({ id }) => id).sort()).toEqual([idOf(1), idOf(3)])
      expect(await orders()).toMatchObject([{ visitor_id, event_id: idOf(3), by_server: true }])
      expect(await wrongInTheLedger()).toEqual([])

      const resent = await send(shop.keys.write, [page[1], purchase('o-1', { id: idOf(4) })])
      expect(resent).toMatchObject({ accepted: 0, duplicates: 2 * again.duplicates })
      expect(codes(resent)).toEqual([...again.codes, ...again.codes])
      expect(await send(shop.keys.secret, server)).toMatchObject({ duplicates: 1 })
      expect(await stored()).toHaveLength(2)
      expect(await wrongInTheLedger()).toEqual([])
    },
  )

  it('is not replaced by a second event of the server', async () => {
    await send(shop.keys.secret, [purchase('o-1', { id: idOf(1) })])
    expect(await send(shop.keys.secret, [purchase('o-1', { id: idOf(2) })])).toMatchObject({
      duplicates: 1,
    })
    expect(await stored()).toMatchObject([{ id: idOf(1) }])
  })

  it('is confirmed by the server before the page tells of it', async () => {
    const confirmation = textOf({ events: [purchase('o-1')] })
    const asServer = { authorization: `Bearer ${shop.keys.secret}` }
    for (let twice = 0; twice < 2; twice++) {
      const receipt = await readJson<Receipt>(await post(confirmation, asServer))
      expect(receipt).toMatchObject({ rejected: [] })
    }
    expect(await stored()).toEqual([])
    expect(await orders()).toMatchObject([{ order_id: 'o-1', event_id: null, confirmed: true }])

    expect(await send(shop.keys.write, [purchase('o-1', { id: idOf(1) })])).toMatchObject({
      accepted: 1,
    })
    expect(await send(shop.keys.write, [purchase('o-1', { id: idOf(2) })])).toMatchObject({
      duplicates: 1,
    })
    const taken = await send(shop.keys.write, [purchase('o-1')], { visitor_id: 'v-2' })
    expect(codes(taken)).toEqual(['order_taken'])
    expect(await orders()).toMatchObject([
      { visitor_id: 'v-1', event_id: idOf(1), confirmed: true },
    ])
    expect(await wrongInTheLedger()).toEqual([])
  })

  it('is confirmed by the server after the page told of it', async () => {
    await send(shop.keys.write, [purchase('o-1', { id: idOf(1) })])
    await post(textOf({ events: [purchase('o-1')] }), {
      authorization: `Bearer ${shop.keys.secret}`,
    })
    expect(await stored()).toMatchObject([{ id: idOf(1), visitor_id: 'v-1' }])
    expect(await orders()).toMatchObject([
      { visitor_id: 'v-1', event_id: idOf(1), confirmed: true },
    ])
  })

  it('cannot be confirmed by a page', async () => {
    const response = await post(textOf({ key: shop.keys.write, events: [purchase('o-1')] }))
    expect(codes(await readJson(response))).toEqual(['visitor_id_required'])
    expect(await orders()).toEqual([])
  })

  it('may be without an id from the server, and is then a purchase of its own', async () => {
    const receipt = await send(shop.keys.secret, [purchase(undefined), purchase(null, { seq: 2 })])
    expect(receipt).toMatchObject({ accepted: 2, rejected: [] })
    expect(await stored()).toHaveLength(2)
    expect(await orders()).toEqual([])
  })
})

describe('a key', () => {
  const answerTo = async (key: string) =>
    problemOf(await post(textOf({ key, visitor_id: 'v-1', events: [view()] })))
  const makeKey = (kind: string) =>
    asAdmin<{ id: number; key: string }>('POST', `/v1/sites/${shop.id}/keys`, { kind })

  it.each([
    { what: 'that is wrong', key: () => `wk_${'a'.repeat(32)}`, want: [401, 'key_unknown'] },
    { what: 'of no kind', key: () => 'password', want: [401, 'key_unknown'] },
    { what: 'that is empty', key: () => '', want: [401, 'key_missing'] },
    { what: 'that only reads', key: () => shop.keys.read, want: [403, 'key_not_allowed'] },
    { what: 'of an admin', key: () => weir.keys.admin, want: [403, 'key_not_allowed'] },
  ])('$what sends nothing', async ({ key, want }) => {
    expect(await answerTo(key())).toEqual(want)
    expect(await stored()).toEqual([])
  })

  it.each(['write', 'secret'])('to %s that was revoked sends nothing more', async (kind) => {
    const fresh = await makeKey(kind)
    const used = await makeKey(kind)
    expect(await send(used.key, [view()])).toMatchObject({ accepted: 1 })
    await asAdmin('DELETE', `/v1/keys/${fresh.id}`)
    await asAdmin('DELETE', `/v1/keys/${used.id}`)
    expect(await answerTo(fresh.key)).toEqual([401, 'key_revoked'])
    // A sender is remembered for 5 s.
    now += 5 * SECOND + 1
    expect(await answerTo(used.key)).toEqual([401, 'key_revoked'])
    expect(await send(shop.keys.write, [view({ seq: 2 })])).toMatchObject({ accepted: 1 })
  })
})

describe('an origin', () => {
  const from = async (site: Shop, key: string, origin?: string) =>
    post(textOf({ key, visitor_id: `v-${site.id}`, events: [view()] }), origin ? { origin } : {})

  it('that is not on the site’s list is refused, and may read why', async () => {
    const site = await newShop(['https://shop.example'])
    const response = await from(site, site.keys.write, 'https://thief.example')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await problemOf(response)).toEqual([403, 'origin_not_allowed'])
    expect(await stored(site.id)).toEqual([])
  })

  it('on the list, or of a server, is taken', async () => {
    const site = await newShop(['https://shop.example'])
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
    const response = await fetch(`${weir.url}/v1/events`, {
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
    const other = await newShop()
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

describe('what is told of an event', () => {
  const context = {
    url: 'https://shop.example/p/blue-shirt?size=40&utm_source=news#token=secret',
    referrer: '',
    title: 'Blue shirt',
    screen: '1440x900',
    time_zone: 'Europe/Berlin',
    language: 'de',
  }

  it('is where, on what, and in which country and language', async () => {
    await send(shop.keys.write, [view()], { context }, { 'user-agent': CHROME })
    expect((await stored())[0]?.properties).toEqual({
      host: 'shop.example',
      path: '/p/blue-shirt',
      title: 'Blue shirt',
      screen: '1440x900',
      country: 'DE',
      language: 'de',
      device: 'desktop',
      browser: 'Chrome',
      os: 'Windows',
      utm_source: 'news',
      channel: 'referral',
    })
  })

  it('comes from the header for a page, from the context for a server', async () => {
    const shopper = { context: { ...context, user_agent: IPHONE } }
    await send(shop.keys.write, [view({ seq: 1 })], shopper, { 'user-agent': CHROME })
    await send(shop.keys.secret, [view({ seq: 2 })], shopper, { 'user-agent': CHROME })
    await send(shop.keys.secret, [view({ seq: 3 })], { context }, { 'user-agent': CHROME })
    const { rows } = await weir.pool.query(
      `select properties -> 'os' as os, properties -> 'device' as device
         from events where site_id = $1 order by seq`,
      [shop.id],
    )
    expect(rows).toEqual([
      { os: 'Windows', device: 'desktop' },
      { os: 'iOS', device: 'mobile' },
      { os: null, device: null },
    ])
  })

  it('is that it was a bot, where its name says so and the page does not deny it', async () => {
    const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
    await send(shop.keys.write, [view({ at: NOON - 3 })], {}, { 'user-agent': googlebot })
    await send(shop.keys.write, [view({ at: NOON - 2 })], {}, { 'user-agent': CHROME })
    const denied = view({ at: NOON - 1, properties: { bot: false } })
    await send(shop.keys.write, [denied], {}, { 'user-agent': googlebot })
    const bots = (await stored()).map(({ properties }) => properties.bot ?? false)
    expect(bots).toEqual([true, false, false])
  })

  it('stands in the event’s own context first', async () => {
    const own = { url: 'https://shop.example/cart', language: 'fr' }
    await send(shop.keys.write, [view({ visitor_id: 'v-2', stream: 's-2', context: own })], {
      context,
      stream: 's-1',
    })
    expect(await stored()).toMatchObject([
      {
        visitor_id: 'v-2',
        stream: 's-2',
        properties: { path: '/cart', language: 'fr', country: 'DE', title: 'Blue shirt' },
      },
    ])
  })

  it('is never a query, a fragment, a password, or the path of a referrer', async () => {
    const secret = 'c0ffee'
    await send(shop.keys.write, [view()], {
      context: {
        url: `https://${secret}:${secret}@shop.example/p?token=${secret}&gclid=${secret}#${secret}`,
        referrer: `https://mail.example/${secret}?q=${secret}#${secret}`,
      },
    })
    const [event] = await stored()
    expect(event?.properties).toMatchObject({ host: 'shop.example', path: '/p', click_id: 'gclid' })
    expect(JSON.stringify(event)).not.toContain(secret)
    const { rows } = await weir.pool.query(
      'select events::text as text from events where site_id = $1',
      [shop.id],
    )
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('is never the address of the sender', async () => {
    await send(shop.keys.write, [view()], { context }, { 'x-forwarded-for': '203.0.113.7' })
    expect(JSON.stringify(await stored())).not.toMatch(/203\.0\.113\.7|127\.0\.0\.1/)
  })
})

describe('an arrival', () => {
  const SHOP = 'https://shop.example/'
  it.each([
    { what: 'directly', want: {} },
    { what: 'on the next page', referrer: `${SHOP}p/1`, want: {} },
    { what: 'from nowhere known', referrer: 'android-app://com.example', want: {} },
    { what: 'with other parameters', query: 'size=40&ref=home', want: {} },
    {
      what: 'from Google',
      referrer: 'https://www.google.com/',
      want: { channel: 'organic_search', referrer_host: 'www.google.com' },
    },
    {
      what: 'from DuckDuckGo',
      referrer: 'https://duckduckgo.com/',
      want: { channel: 'organic_search', referrer_host: 'duckduckgo.com' },
    },
    {
      what: 'from a search that was paid',
      query: 'utm_source=google&utm_medium=cpc&utm_campaign=autumn&utm_term=kettle&utm_content=a',
      want: {
        channel: 'paid_search',
        utm_source: 'google',
        utm_medium: 'cpc',
        utm_campaign: 'autumn',
        utm_term: 'kettle',
        utm_content: 'a',
      },
    },
    {
      what: 'with a gclid',
      query: 'gclid=abc',
      referrer: 'https://www.google.com/',
      want: { channel: 'paid_search', click_id: 'gclid', referrer_host: 'www.google.com' },
    },
    {
      what: 'with a msclkid',
      query: 'msclkid=abc',
      want: { channel: 'paid_search', click_id: 'msclkid' },
    },
    { what: 'with a fbclid', query: 'fbclid=abc', want: { channel: 'social', click_id: 'fbclid' } },
    {
      what: 'from a newsletter',
      query: 'utm_source=newsletter&utm_medium=email&utm_campaign=autumn',
      want: {
        channel: 'email',
        utm_source: 'newsletter',
        utm_medium: 'email',
        utm_campaign: 'autumn',
      },
    },
    {
      what: 'from Instagram, paid',
      query: 'utm_source=instagram&utm_medium=paid_social',
      referrer: 'https://l.instagram.com/',
      want: {
        channel: 'paid_social',
        utm_source: 'instagram',
        utm_medium: 'paid_social',
        referrer_host: 'l.instagram.com',
      },
    },
    {
      what: 'from Instagram',
      referrer: 'https://l.instagram.com/',
      want: { channel: 'social', referrer_host: 'l.instagram.com' },
    },
    {
      what: 'from a banner',
      query: 'utm_source=rivernews&utm_medium=display',
      want: { channel: 'display', utm_source: 'rivernews', utm_medium: 'display' },
    },
    {
      what: 'from a partner',
      query: 'utm_source=canoes&utm_medium=affiliate',
      want: { channel: 'affiliate', utm_source: 'canoes', utm_medium: 'affiliate' },
    },
    {
      what: 'from a blog',
      referrer: 'https://rivers.example/canoes?page=2',
      want: { channel: 'referral', referrer_host: 'rivers.example' },
    },
  ])('$what is told so', async ({ query = '', referrer = '', want }) => {
    const url = `${SHOP}?${query}`
    await send(
      shop.keys.write,
      [view({ context: { url, referrer } })],
      {},
      { 'user-agent': CHROME },
    )
    const [event] = await stored()
    const { host, path, device, browser, os, ...arrival } = event?.properties ?? {}
    expect({ host, path, device, browser, os }).toEqual({
      host: 'shop.example',
      path: '/',
      device: 'desktop',
      browser: 'Chrome',
      os: 'Windows',
    })
    expect(arrival).toEqual(want)
  })
})

describe('whatever comes', () => {
  const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_105)
  const BODIES = 2_000
  const JUNK: unknown[] = [
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    '',
    'x',
    '\u0000',
    '\ud800',
    '*',
    letters(3_000),
    '2026-11-05T12:00:00Z',
    '2026-11-05',
    'constructor',
    NOON,
    [],
    [[]],
    [null],
    {},
    { a: {} },
    '@huge@',
    '@deep@',
    '@proto@',
    '@constructor@',
  ]

  it(`answers ${BODIES} bodies of seed ${SEED} with 2xx or 4xx, and goes on`, async () => {
    const chance = chanceFrom(SEED)
    const one = <T>(values: readonly T[]): T => chance.pick(values.map((value) => [value, 1]))
    const junkOr = (value: unknown) => (chance.happens(0.12) ? one(JUNK) : value)
    const spoiled = (record: Json): Json =>
      Object.fromEntries(
        Object.entries(record)
          .filter(() => !chance.happens(0.05))
          .map(([name, value]) => [chance.happens(0.03) ? String(one(JUNK)) : name, junkOr(value)]),
      )
    const event = () =>
      spoiled({
        id: one([idOf(chance.between(1, 500)), 'mine', undefined]),
        name: one(['view', 'product_view', 'purchase']),
        at: NOON - chance.between(0, DAY),
        seq: chance.between(0, 99),
        visitor_id: `v-${chance.between(1, 9)}`,
        stream: 's',
        context: spoiled({
          url: 'https://shop.example/?utm_source=x',
          referrer: 'https://google.com/',
          title: 'A',
          time_zone: 'Europe/Berlin',
        }),
        properties: spoiled({
          order_id: `o-${chance.between(1, 50)}`,
          value: 1,
          items: [spoiled({ product_id: 'a', price: 1 })],
        }),
      })
    const body = () => {
      const key = one([shop.keys.write, shop.keys.secret])
      const events = Array.from({ length: chance.between(0, 5) }, event)
      const text = textOf(
        spoiled({ sent_at: NOON, visitor_id: 'v-1', context: {}, key, events: junkOr(events) }),
      )
      if (!chance.happens(0.05)) return text
      const cut = chance.between(0, text.length)
      return text.slice(0, cut) + one(['', '"', '\\ud800', '}', '\u0000']) + text.slice(cut + 1)
    }

    const answers: Record<number, number> = {}
    const wrong: { status: number; body: string }[] = []
    for (let sent = 0; sent < BODIES; sent += 20) {
      const bodies = Array.from({ length: 20 }, body)
      await Promise.all(
        bodies.map(async (text) => {
          const { status } = await post(text)
          answers[status] = (answers[status] ?? 0) + 1
          if (status < 200 || status >= 500) wrong.push({ status, body: text.slice(0, 1_500) })
        }),
      )
    }
    expect(wrong.slice(0, 3)).toEqual([])
    // Most bodies must be readable, or nothing beyond the parser was tried.
    expect(answers[202]).toBeGreaterThan(BODIES / 4)
    expect(answers[400]).toBeGreaterThan(BODIES / 20)
    expect(await send(shop.keys.write, [view({ id: 'last' })])).toMatchObject({ accepted: 1 })
    expect(await wrongInTheLedger()).toEqual([])
  }, 120_000)
})
