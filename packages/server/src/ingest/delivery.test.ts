import { expect, it } from 'vitest'
import { readJson } from '../testing.ts'
import { MINUTE, NOON, openShop, purchase, SECOND, view } from './test/shop.ts'

const shop = openShop()

async function delivery(key = shop.keys.read, from = '2026-11-01') {
  const path = `/v1/delivery?from=${encodeURIComponent(from)}&to=2100-01-01`
  const response = await fetch(shop.weir.url + path, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(response.status).toBe(200)
  return readJson<Record<string, unknown>>(response)
}

it('counts numbers that were stored, rejected, sent again, late, and never seen', async () => {
  expect(await delivery()).toMatchObject({ streams: 0, expected: 0, missing: 0, delivered: null })
  // Batches are stamped by the database's clock, which is no test's.
  const at = Date.now()
  shop.clock.now = at
  const page = (seq: number, more = {}) => view({ at, seq, stream: 'a', ...more })
  const lost = [page(1), page(2), page(3, { name: '' }), page(6, { at: at - 2 * MINUTE })]
  await shop.send(shop.keys.write, lost)
  await shop.send(shop.keys.write, [page(1), page(3, { name: '' })])
  await shop.send(shop.keys.write, [view({ at: at - SECOND, seq: 0, stream: 'b' })])
  expect(await delivery()).toMatchObject({
    ...{ streams: 2, expected: 7, stored: 4, rejected: 1, missing: 2, late: 1, delivered: 5 / 7 },
  })
})

it('takes a purchase whose order was there for arrived, whoever told of it first, and how often', async () => {
  const at = Date.now()
  shop.clock.now = at
  let loads = 0
  const page = (stream: string, order: string) => {
    const load = { at: at - ++loads * SECOND, stream }
    return [
      view({ ...load, seq: 1 }),
      purchase(order, { ...load, seq: 2 }),
      view({ ...load, seq: 3 }),
    ]
  }
  const server = (order: string) => shop.send(shop.keys.secret, [purchase(order, { at })])
  await server('o-1')
  await shop.send(shop.keys.write, page('after', 'o-1'))
  await shop.send(shop.keys.write, page('before', 'o-2'))
  await server('o-2')
  await shop.send(shop.keys.write, page('again', 'o-2'))
  expect(await delivery()).toMatchObject({
    ...{ streams: 3, expected: 9, stored: 6, rejected: 0, duplicates: 3, missing: 0, delivered: 1 },
  })
  await fetch(`${shop.weir.url}/v1/visitors/v-1`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${shop.keys.secret}` },
  })
  expect(await delivery()).toMatchObject({ streams: 0, duplicates: 0 })
})

it('does not miss in a range what its streams said before it', async () => {
  const begin = Date.parse('2026-11-03T00:00:00Z')
  shop.clock.now = begin + MINUTE
  const page = (seq: number) => view({ at: begin + (seq - 3) * SECOND, seq, stream: 'a' })
  await shop.send(shop.keys.write, [page(1), page(2), page(3), page(5)])
  expect(await delivery(shop.keys.read, '2026-11-03T00:00:00Z')).toMatchObject({
    ...{ streams: 1, expected: 3, stored: 2, missing: 1 },
  })
})

it('counts orders that the server confirmed and no page reported', async () => {
  await shop.send(shop.keys.write, [purchase('o-1')])
  const confirmed = [purchase('o-1'), purchase('o-2')]
  await shop.send(shop.keys.secret, confirmed, { visitor_id: null })
  shop.clock.now = NOON
  expect(await delivery()).toMatchObject({ orders_confirmed: 2, orders_not_reported: 1 })
})
