import { describe, expect, it } from 'vitest'
import { readJson } from '../testing.ts'
import { idOf, type Json, openShop, purchase, view } from './test/shop.ts'

const shop = openShop()

interface Row {
  id: number
  code: string
  field: string | null
  visitor_id: string | null
  event: string | null
}

async function look(query = '', key = shop.keys.secret): Promise<Row[]> {
  const response = await fetch(`${shop.weir.url}/v1/quarantine${query}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(response.status).toBe(200)
  return (await readJson<{ quarantine: Row[] }>(response)).quarantine
}

describe('the quarantine', () => {
  it('holds what was refused, each once, with the reason, and what was stored not', async () => {
    // One in a hundred.
    const events = Array.from(
      { length: 500 },
      (_, number): Json =>
        number % 100 === 7 ? view({ id: idOf(number), name: '' }) : view({ id: idOf(number) }),
    )
    expect(await shop.send(shop.keys.write, events)).toMatchObject({ accepted: 495 })
    const rows = await look()
    expect(rows.map(({ event }) => JSON.parse(event ?? '').id).sort()).toEqual(
      [7, 107, 207, 307, 407].map(idOf),
    )
    expect(rows[0]).toMatchObject({ code: 'name_required', field: 'name', visitor_id: 'v-1' })
  })

  it('holds what the database refused: an order of another visitor', async () => {
    await shop.send(shop.keys.write, [purchase('o-1')])
    await shop.send(shop.keys.write, [purchase('o-1')], { visitor_id: 'v-2' })
    expect(await look()).toMatchObject([{ code: 'order_taken', visitor_id: 'v-2' }])
  })

  it('takes anything: lone surrogates, NUL, what is too deep to be written down', async () => {
    await shop.send(shop.keys.write, ['\ud800\u0000', null, '@deep@', { name: '\u0000' }])
    expect((await look()).map(({ event }) => event)).toEqual([
      '{"name":"\\u0000"}',
      null,
      'null',
      '"\\ud800\\u0000"',
    ])
  })

  // Writing down each of them took 20 ms, in which nobody else was answered.
  it('does not write down what is deep', async () => {
    const deep = `${'['.repeat(4_000)}${']'.repeat(4_000)}`
    const body = `{"key":"${shop.keys.write}","events":[${Array(60).fill(deep)}]}`
    expect((await shop.post(body)).status).toBe(202)
    expect((await look()).map(({ event }) => event)).toEqual(Array(60).fill(null))
  })

  it('is read a page at a time, by code, and by its own site alone', async () => {
    const other = await shop.newSite()
    await shop.send(shop.keys.write, [{ name: '' }, 1, 2, 3])
    await shop.send(other.keys.write, [4])
    const [newest] = await look('?limit=1')
    expect(newest?.event).toBe('3')
    expect(
      (await look(`?before=${newest?.id}&code=event_invalid`)).map(({ event }) => event),
    ).toEqual(['2', '1'])
    expect((await look('', other.keys.secret)).map(({ event }) => event)).toEqual(['4'])
  })

  it('is not for the key that stands in the page', async () => {
    const response = await fetch(`${shop.weir.url}/v1/quarantine`, {
      headers: { authorization: `Bearer ${shop.keys.write}` },
    })
    expect(response.status).toBe(403)
  })

  it('keeps the newest 10,000 of a site', async () => {
    const bad = Array.from({ length: 500 }, (_, number) => number)
    for (let round = 0; round < 25; round++) await shop.send(shop.keys.write, bad)
    await look()
    const [{ count } = { count: 0 }] = (await shop.query(
      'select count(*)::int as count from quarantine where site_id = $1',
      [shop.id],
    )) as { count: number }[]
    expect(count).toBeLessThanOrEqual(11_000)
    expect((await look('?limit=1'))[0]?.event).toBe('499')
  })
})
