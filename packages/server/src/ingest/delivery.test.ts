import { expect, it } from 'vitest'
import { readJson } from '../testing.ts'
import { MINUTE, NOON, openShop, purchase, SECOND, view } from './test/shop.ts'

const shop = openShop()

async function delivery(key = shop.keys.read) {
  const response = await fetch(`${shop.weir.url}/v1/delivery?from=2026-11-01&to=2100-01-01`, {
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

it('counts orders that the server confirmed and no page reported', async () => {
  await shop.send(shop.keys.write, [purchase('o-1')])
  const confirmed = [purchase('o-1'), purchase('o-2')]
  await shop.send(shop.keys.secret, confirmed, { visitor_id: null })
  shop.clock.now = NOON
  expect(await delivery()).toMatchObject({ orders_confirmed: 2, orders_not_reported: 1 })
})
