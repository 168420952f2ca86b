import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportProgress, ImportSummary } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import {
  DAY,
  idOf,
  type Json,
  letters,
  NOON,
  openShop,
  properties,
  purchase,
  view,
} from '../ingest/test/shop.ts'

const shop = openShop()

const lineOf = (event: Json) => JSON.stringify({ visitor_id: 'v-1', ...event })

async function post(body: string | ReadableStream, key = shop.keys.secret): Promise<Response> {
  return fetch(`${shop.weir.url}/v1/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body,
    duplex: 'half',
  })
}

async function importAll(body: string | ReadableStream, key?: string) {
  const response = await post(body, key)
  expect(response.status).toBe(200)
  const answers = (await response.text()).trimEnd().split('\n')
  const summary: ImportSummary = JSON.parse(answers.pop() ?? '')
  return { lots: answers.map((line): ImportProgress => JSON.parse(line)), summary }
}

async function exportAll(query = '', key = shop.keys.secret): Promise<string> {
  const response = await fetch(`${shop.weir.url}/v1/export${query}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(response.status).toBe(200)
  return response.text()
}

describe('an import', () => {
  it('stores each line once, says which were refused and why, and again changes nothing', async () => {
    const lines = [
      lineOf(view({ id: idOf(1), at: NOON - 400 * DAY })),
      '',
      'no json',
      lineOf(view({ at: NOON - 400 * DAY })),
      lineOf(view({ at: NOON - 400 * DAY })),
      '{"name":"view","at":1,"visitor_id":"v","properties":{"__proto__":{"a":1}}}',
      lineOf(view({ id: idOf(3), name: '' })),
      lineOf(purchase('o-1')),
    ].join('\n')
    const first = await importAll(lines)
    expect(first.summary).toEqual({ done: true, lines: 8, accepted: 4, duplicates: 0, rejected: 3 })
    expect(first.lots[0]?.rejected).toMatchObject([
      { line: 3, code: 'invalid_json' },
      { line: 6, code: 'invalid_json' },
      { line: 7, id: idOf(3), code: 'name_required', field: 'name' },
    ])
    const stored = await shop.stored()
    expect(stored).toHaveLength(4)
    expect((await importAll(lines)).summary).toMatchObject({ accepted: 0, duplicates: 4 })
    expect(await shop.stored()).toEqual(stored)
    expect(await shop.wrongInTheLedger()).toEqual([])
  })

  it('makes the months that it brings, so that old events do not pile up in default', async () => {
    const at = Date.UTC(2023, 4, 17)
    await importAll(lineOf(view({ at })))
    expect(
      await shop.query('select tableoid::regclass::text as place from events where site_id = $1', [
        shop.id,
      ]),
    ).toEqual([{ place: 'events_2023_05' }])
  })

  it('takes 30,000 events of unknown length, lot by lot, in the order of the file', async () => {
    let number = 0
    const stream = new ReadableStream({
      pull(controller) {
        if (number === 30_000) return controller.close()
        let text = ''
        for (let i = 0; i < 500; i++) {
          const at = NOON - number++ * 1_000
          text += `${lineOf(view({ at, visitor_id: `v-${number % 700}`, seq: number }))}\n`
        }
        controller.enqueue(new TextEncoder().encode(text))
      },
    })
    const { lots, summary } = await importAll(stream)
    expect(summary).toMatchObject({ done: true, lines: 30_000, accepted: 30_000 })
    expect(lots.length).toBeGreaterThanOrEqual(30)
    const firsts = lots.map(({ first_line }) => first_line)
    expect(firsts).toEqual([1, ...lots.slice(0, -1).map(({ last_line }) => last_line + 1)])
  }, 60_000)

  it('survives a line that does not end, and lines that are cut anywhere', async () => {
    const text = `${letters(3_000_000)}\n${lineOf(view({ properties: { title: 'Grüße 🙂' } }))}\n`
    const bytes = new TextEncoder().encode(text)
    const parts = [bytes.subarray(0, -20), bytes.subarray(-20, -13), bytes.subarray(-13)]
    const stream = new ReadableStream({
      pull: (controller) => {
        const part = parts.shift()
        if (part) controller.enqueue(part)
        else controller.close()
      },
    })
    const { lots } = await importAll(stream)
    expect(lots[0]).toMatchObject({ accepted: 1, rejected: [{ line: 1, code: 'event_too_large' }] })
    expect((await shop.stored())[0]?.properties).toEqual({ title: 'Grüße 🙂' })
  })

  it('tells a line that is too long from one that is no JSON', async () => {
    const { lots } = await importAll(lineOf(view({ properties: { title: 'x'.repeat(300_000) } })))
    expect(lots[0]?.rejected).toMatchObject([{ line: 1, code: 'event_too_large' }])
  })

  it('takes an event of almost 32 KB, every character of it escaped', async () => {
    const names = Array.from({ length: 28 }, (_, number) => `p${number}`)
    const properties = Object.fromEntries(names.map((name) => [name, '@'.repeat(1_000)]))
    const { lots } = await importAll(lineOf(view({ properties })).replaceAll('@', '\\u0061'))
    expect(lots[0]).toMatchObject({ accepted: 1, rejected: [] })
    expect((await shop.stored())[0]?.properties).toMatchObject({ p27: 'a'.repeat(1_000) })
  })

  it('is for the shop’s server alone, and of NDJSON', async () => {
    for (const key of [shop.keys.write, shop.keys.read]) {
      expect((await post(lineOf(view()), key)).status).toBe(403)
    }
    const json = await fetch(`${shop.weir.url}/v1/import`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${shop.keys.secret}`,
        'content-type': 'application/json',
      },
      body: '{}',
    })
    expect(json.status).toBe(415)
    expect(await shop.stored()).toEqual([])
  })

  it('that the sender gives up keeps what was told, and harms nobody', async () => {
    const { hostname, port } = new URL(shop.weir.url)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    const lines = Array.from({ length: 1_500 }, (_, seq) => `${lineOf(view({ seq }))}\n`).join('')
    socket.write(
      `POST /v1/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${shop.keys.secret}\r\n` +
        `Content-Type: application/x-ndjson\r\nContent-Length: 99999999\r\n\r\n${lines}`,
    )
    while ((await shop.stored()).length < 1_000) await sleep(20)
    socket.destroy()
    expect(await shop.send(shop.keys.write, [view({ seq: 9_999 })])).toMatchObject({ accepted: 1 })
    expect(await shop.wrongInTheLedger()).toEqual([])
  })
})

describe('an export', () => {
  it('can be imported as it is, and gives the same events', async () => {
    const context = { url: 'https://shop.example/p?utm_source=x', time_zone: 'Europe/Berlin' }
    await shop.send(
      shop.keys.write,
      [
        view({ properties: properties(64) }),
        view({ seq: 4, properties: { n: 1.5, b: false } }),
        purchase('o-1'),
      ],
      { context, stream: 's1' },
    )
    const other = await shop.newSite()
    const exported = await exportAll()
    expect((await importAll(exported, other.keys.secret)).summary).toMatchObject({ accepted: 3 })
    expect(await shop.stored(other.id)).toEqual(await shop.stored())
    expect((await importAll(exported)).summary).toMatchObject({ accepted: 0, duplicates: 3 })
  })

  it('is of a range, of one site, over many pages', async () => {
    const other = await shop.newSite()
    await shop.send(other.keys.write, [view()])
    const many = Array.from({ length: 4_500 }, (_, seq) =>
      lineOf(view({ at: NOON - seq * 1_000, seq, visitor_id: `v-${seq % 9}` })),
    )
    await importAll(many.join('\n'))
    const lines = (await exportAll()).trimEnd().split('\n')
    expect(new Set(lines.map((line) => JSON.parse(line).seq)).size).toBe(4_500)
    expect(
      (await exportAll(`?from=${NOON - 9_000}&to=${NOON}`)).trimEnd().split('\n'),
    ).toHaveLength(9)
    expect(await exportAll('?to=2000-01-01')).toBe('')
  })

  it('is CSV that no spreadsheet takes for a formula', async () => {
    await shop.send(shop.keys.write, [view({ name: '=1+1' })])
    const [header, row] = (await exportAll('?format=csv')).split('\r\n')
    expect(header).toBe('id,name,at,visitor_id,stream,seq,properties')
    expect(row).toContain(",'=1+1,2026-11-05T11:59:59.000Z,v-1,,,")
  })

  it('is not for keys that read or write', async () => {
    for (const key of [shop.keys.read, shop.keys.write]) {
      const response = await fetch(`${shop.weir.url}/v1/export`, {
        headers: { authorization: `Bearer ${key}` },
      })
      expect(response.status).toBe(403)
    }
  })
})

it('ends a request whose body does not come, and no import that takes its time', async () => {
  const { hostname, port } = new URL(shop.weir.url)
  const open = (path: string, type: string) => {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${shop.keys.secret}\r\n` +
        `Content-Type: ${type}\r\nContent-Length: 999\r\n\r\n{`,
    )
    return socket
  }
  const slow = open('/v1/events', 'text/plain')
  const streaming = open('/v1/import', 'application/x-ndjson')
  await sleep(17_500)
  expect([slow.closed, streaming.closed]).toEqual([true, false])
  streaming.destroy()
}, 30_000)
