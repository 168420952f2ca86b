/** An order counts once, and the server’s word on it goes before a page’s. */
import type { Receipt } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { readJson } from '../testing.ts'
import { DAY, idOf, openShop, purchase, textOf, view } from './test/shop.ts'

const shop = openShop()
const { clock, post, send, query, stored, wrongInTheLedger, newSite } = shop

describe('an order', () => {
  const orders = () =>
    query(
      `select order_id, visitor_id, event_id, by_server, confirmed_at is not null as confirmed
         from orders where site_id = $1 order by order_id`,
      [shop.id],
    )
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
    clock.now += 3 * DAY
    const later = await send(shop.keys.write, [purchase('o-1', { id: idOf(4), at: clock.now })])
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
    const other = await newSite()
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
