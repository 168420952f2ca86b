import { EventEmitter, once } from 'node:events'
import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openShop } from '../ingest/test/shop.ts'
import type { Format } from './formats.ts'
import { type ImportOptions, importFile } from './import-file.ts'

const shop = openShop()
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'weir-import-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const AT = '2026-10-01T10:00:00.000Z'

async function importText(
  text: string,
  format: Format,
  columns = {},
  { url = shop.weir.url, ...times }: Partial<Pick<ImportOptions, 'url' | 'zone' | 'dates'>> = {},
) {
  const file = join(dir, `events-${shop.id}`)
  await writeFile(file, text, { flag: 'wx' }).catch(() => undefined)
  const options = { file, format, columns, ...times, url, key: shop.keys.secret }
  return importFile({ ...options, onProgress: () => undefined })
}

const stored = async () =>
  (await shop.stored()).map(({ name, visitor_id, at, properties }) => ({
    ...{ name, visitor_id, properties },
    at: new Date(at).toISOString(),
  }))

describe('a file', () => {
  it('of CSV, with a mapping', async () => {
    const csv = [
      'when,user,name,product_id,price,note,zip',
      `${AT},u 1,view,,,,`,
      `${AT},u1,add_to_cart,p-1,19.90,"a, ""b""\nc",01234`,
      `${AT},u1,add_to_cart,p-1,19.90,"a, ""b""\nc",01234`,
      `never,u1,view,,,,`,
    ].join('\n')
    const summary = await importText(csv, 'csv', {
      map: { at: 'when', visitor_id: 'user', cart: 'note' },
    })
    expect(summary).toMatchObject({ accepted: 2, duplicates: 0 })
    expect([...summary.refused.keys()].sort()).toEqual(['at_invalid', 'visitor_id_invalid'])
    expect(summary.text()).toContain('record 1: visitor_id')
    const cart = { product_id: 'p-1', price: 19.9, cart: 'a, "b"\nc', zip: '01234' }
    const event = { name: 'add_to_cart', visitor_id: 'u1', at: AT, properties: cart }
    expect(await stored()).toEqual([event, event])
  })

  it('of CSV as spreadsheets and warehouses write it', async () => {
    const rows = [
      '\ufeffat;visitor_id;name;price;note',
      '2026-10-01 10:00:00 UTC;u1;view;;"a; b"',
      '2026-10-01 12:00:00.000000+02:00;u2;view;19,90;5',
      '2026-10-01 12:00:00;u3;view;;',
      '1790848800;u4;view;;',
      '1790848800000000;u5;view;;',
    ]
    const text = rows.join('\r\n')
    const summary = await importText(text, 'csv', {}, { zone: 'Europe/Berlin' })
    expect(summary.text()).toContain('5 stored, 0 there before, 0 refused')
    const byVisitor = (await stored()).sort((a, b) => (a.visitor_id < b.visitor_id ? -1 : 1))
    expect(byVisitor).toEqual(
      [{ note: 'a; b' }, { price: 19.9, note: 5 }, {}, {}, {}].map((properties, row) => ({
        ...{ name: 'view', visitor_id: `u${row + 1}`, at: AT, properties },
      })),
    )
  })

  it('of CSV without a header, whose events have names of their own', async () => {
    const summary = await importText(`u1,${AT},9,buy\nu1,${AT},8,`, 'csv', {
      ...{ header: ['visitor_id', 'at', '', 'name'], event: 'click' },
      rename: { buy: 'purchase', click: 'product_view' },
    })
    expect(summary).toMatchObject({ accepted: 2 })
    const common = { visitor_id: 'u1', at: AT, properties: {} }
    const inOrder = (await stored()).sort((a, b) => (a.name < b.name ? -1 : 1))
    expect(inOrder).toEqual([
      { name: 'product_view', ...common },
      { name: 'purchase', ...common },
    ])
  })

  it.each([
    [
      'timestamp,visitorid,event,itemid\n1,2,view,3',
      {},
      'no column says name, visitor_id, at. Its columns are timestamp, visitorid, event, itemid; ' +
        '--map says which is which, like --map name=event,visitor_id=visitorid,at=timestamp; --event',
    ],
    [
      'at,user,name\n',
      { map: { visitor_id: 'usr' } },
      'says visitor_id=usr, and no column is called',
    ],
    [
      '1,2,view\n',
      { header: ['at', 'name'] },
      'no column says visitor_id. Its columns are at, name',
    ],
  ])('of CSV says which columns it misses: %#', async (text, columns, sentence) => {
    await expect(importText(text, 'csv', columns)).rejects.toThrow(sentence)
  })

  it('of CSV says what a time without an offset needs', async () => {
    const summary = await importText('at,visitor_id,name\n2026-10-01 12:00:00,u1,view', 'csv')
    expect(summary.text()).toContain('add --zone UTC, or one like --zone Europe/Berlin')
  })

  it.each([
    ['mdy', ['10/1/2026 12:00', '10/01/2026 12:00:00', '10/1/2026 12:00 PM', '10/2/2026 12:30 am']],
    [
      'dmy',
      ['1/10/2026 12:00', '01.10.2026 12:00:00', '1-10-2026, 12:00 pm', '2/10/2026 12:30 AM'],
    ],
  ] as const)('of CSV with dates as people write them: %s', async (dates, times) => {
    const rows = times.map((time, row) => `"${time}",u${row + 1},view`)
    const text = ['at,visitor_id,name', ...rows].join('\n')
    const summary = await importText(text, 'csv', {}, { zone: 'Europe/Berlin', dates })
    expect(summary.text()).toContain('4 stored, 0 there before, 0 refused')
    const byVisitor = (await stored()).sort((a, b) => (a.visitor_id < b.visitor_id ? -1 : 1))
    expect(byVisitor.map(({ at }) => at)).toEqual([AT, AT, AT, '2026-10-01T22:30:00.000Z'])
  })

  it.each([
    ['12/1/2010 8:26', {}, 'has its month first, or its day: add --dates mdy, or --dates dmy'],
    ['13/1/2010 8:26', {}, 'has its day first: add --dates dmy'],
    ['1/13/2010', {}, 'has its month first: add --dates mdy'],
    ['13/1/2010', { dates: 'mdy' }, 'has no month 13: is the file of --dates dmy?'],
    ['2/1/2010', { dates: 'mdy' }, 'add --zone UTC, or one like --zone Europe/Berlin'],
    ['2/30/2010', { dates: 'mdy', zone: 'UTC' }, 'record 1: at must be ISO 8601'],
  ] as const)('of CSV says what it lacks to read %s', async (time, times, sentence) => {
    const summary = await importText(`at,visitor_id,name\n${time},u1,view`, 'csv', {}, times)
    expect(summary.text()).toContain(sentence)
  })

  it('that is one JSON array says what to do', async () => {
    const summary = await importText('[\n{}\n]', 'segment')
    expect(summary.text()).toContain('write an object a line, as `jq -c ".[]" FILE` does')
  })

  it('of Segment calls', async () => {
    const order = {
      type: 'track',
      event: 'Order Completed',
      messageId: 'm-1',
      anonymousId: 'a-1',
      userId: 'member',
      timestamp: AT,
      properties: {
        order_id: 'o-1',
        revenue: 30,
        currency: 'eur',
        products: [{ product_id: 'p-1', name: 'Shirt', price: 30, nested: {} }],
      },
      context: { page: { url: 'https://shop.example/thanks' }, timezone: 'Europe/Berlin' },
    }
    const calls = [order, { type: 'identify', userId: 'x' }, { type: 'track', event: 'y' }, order]
    const summary = await importText(
      calls.map((call) => JSON.stringify(call)).join('\n'),
      'segment',
    )
    expect(summary).toMatchObject({ accepted: 1, duplicates: 1 })
    expect(summary.text()).toContain('record 3: has neither anonymousId nor userId')
    expect(await stored()).toEqual([
      {
        name: 'purchase',
        visitor_id: 'a-1',
        at: AT,
        properties: {
          ...{ host: 'shop.example', path: '/thanks', country: 'DE' },
          ...{ order_id: 'o-1', value: 30, currency: 'EUR', member_id: 'member' },
          items: [{ product_id: 'p-1', product_name: 'Shirt', price: 30 }],
        },
      },
    ])
  })

  it('of GA4 rows from BigQuery', async () => {
    const text = (key: string, string_value: string) => ({ key, value: { string_value } })
    const row = {
      event_timestamp: String(Date.parse(AT) * 1_000 + 7),
      event_name: 'purchase',
      user_pseudo_id: '123.456',
      event_params: [
        text('page_location', 'https://shop.example/thanks?utm_source=news'),
        text('currency', 'EUR'),
        { key: 'ga_session_id', value: { int_value: '99' } },
        { key: 'coupon_count', value: { int_value: '2' } },
      ],
      ecommerce: { transaction_id: 'o-7', purchase_revenue: 12.5 },
      items: [{ item_id: 'p-1', item_name: 'Shirt', price: 12.5, quantity: '1' }],
      device: { category: 'mobile', operating_system: 'iOS', web_info: { browser: 'Safari' } },
    }
    const rows = [row, { ...row, event_name: 'page_view', ecommerce: null, items: [] }, { a: 1 }]
    const summary = await importText(rows.map((one) => JSON.stringify(one)).join('\n'), 'ga4')
    expect(summary).toMatchObject({ accepted: 2 })
    expect(summary.text()).toContain('consent was not given')
    const bought = (await stored()).find(({ name }) => name === 'purchase')
    expect(bought).toMatchObject({
      visitor_id: '123.456',
      at: AT,
      properties: {
        ...{ order_id: 'o-7', value: 12.5, currency: 'EUR', coupon_count: 2 },
        ...{ product_id: 'p-1', product_name: 'Shirt', quantity: 1 },
        ...{ utm_source: 'news', device: 'mobile', os: 'iOS', browser: 'Safari' },
      },
    })
    expect(Object.keys(bought?.properties ?? {})).not.toContain('ga_session_id')
    expect((await stored()).map(({ name }) => name).sort()).toEqual(['purchase', 'view'])
  })
})

describe('an import of 5,000 lines', () => {
  const same = JSON.stringify({ name: 'view', at: AT, visitor_id: 'v-1' })
  const lines = Array.from({ length: 5_000 }, (_, seq) =>
    seq % 10 === 0 ? same : JSON.stringify({ name: 'view', at: AT, visitor_id: 'v-1', seq }),
  )
  const text = `${lines.join('\n')}\n`

  it('that was cut off goes on where it was, and stores equal events as often as they are there', async () => {
    const cutting = await cutAfter(2_000)
    await expect(importText(text, 'ndjson', {}, cutting)).rejects.toThrow()
    cutting.close()
    const before = (await shop.stored()).length
    expect(before).toBeGreaterThanOrEqual(1_000)
    expect(before).toBeLessThan(5_000)
    const kept = (await readdir(dir)).filter((name) => name === `events-${shop.id}.weir-import`)
    expect(kept).toHaveLength(1)
    // The same target again, as after the network has come back.
    const whole = await cutAfter(Number.POSITIVE_INFINITY, cutting.port)
    const summary = await importText(text, 'ndjson', {}, whole)
    whole.close()
    expect(summary.skipped).toBeGreaterThanOrEqual(1_000)
    expect(await shop.stored()).toHaveLength(5_000)
    expect(await importText(text, 'ndjson')).toMatchObject({ accepted: 0, duplicates: 5_000 })
  })

  it('that was cut off stores equal events of bare dates as often, too', async () => {
    const dated = text.replaceAll(same, same.replace(AT, AT.slice(0, 10)))
    const cutting = await cutAfter(2_000)
    await expect(importText(dated, 'ndjson', {}, cutting)).rejects.toThrow()
    cutting.close()
    expect((await shop.stored()).length).toBeLessThan(5_000)
    const whole = await cutAfter(Number.POSITIVE_INFINITY, cutting.port)
    await importText(dated, 'ndjson', {}, whole)
    whole.close()
    expect(await shop.stored()).toHaveLength(5_000)
  })

  it('says what is wrong with the key', async () => {
    const { keys } = shop
    const file = join(dir, 'wrong-key')
    await writeFile(file, text)
    const options = { file, format: 'ndjson' as const, columns: {}, url: shop.weir.url }
    const wrong = importFile({ ...options, key: keys.read, onProgress: () => undefined })
    await expect(wrong).rejects.toThrow('this address takes a secret key or an admin key')
  })
})

/** Stands before Weir, and breaks the connection when so many lines were told and noted; hardly more are passed on. */
async function cutAfter(lines: number, port = 0) {
  async function* passedOn(incoming: IncomingMessage) {
    let passed = 0
    for await (const chunk of incoming) {
      yield chunk
      passed += String(chunk).split('\n').length
      // What is under way when the line breaks.
      if (passed > lines + 1_000) await once(incoming.socket, 'close')
    }
  }

  const server = createServer((incoming, outgoing) => {
    const gone = new AbortController()
    incoming.socket.once('close', () => gone.abort())
    const pass = async () => {
      const answer = await fetch(shop.weir.url + incoming.url, {
        method: 'POST',
        headers: {
          authorization: incoming.headers.authorization ?? '',
          'content-type': 'application/x-ndjson',
        },
        body: ReadableStream.from(passedOn(incoming)),
        duplex: 'half',
        signal: gone.signal,
      })
      outgoing.writeHead(answer.status)
      for await (const chunk of answer.body ?? []) {
        const answers = Buffer.from(chunk).toString()
        for (const line of answers.split(/(?<=\n)/)) {
          if (JSON.parse(line).last_line >= lines) {
            await vi.waitFor(() => access(join(dir, `events-${shop.id}.weir-import`)))
            return incoming.socket.destroy()
          }
          outgoing.write(line)
        }
      }
      return outgoing.end()
    }
    pass().catch(() => incoming.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

it('is announced before its first line: a query that feeds it may be slow', async () => {
  const asked = new EventEmitter()
  const server = createServer((request, response) => {
    asked.emit('head')
    request.resume()
    request.once('end', () => response.end('{"done":true}\n'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const head = once(asked, 'head')
  const file = new PassThrough()
  const url = `http://127.0.0.1:${address.port}`
  const brought = importFile({
    ...{ file, format: 'ndjson', columns: {}, url, key: 'sk_x' },
    onProgress: () => undefined,
  })
  await head
  file.end()
  await brought
  server.close()
})
