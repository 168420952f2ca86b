/** What makes an event bad; the others of its batch are stored. */
import type { Receipt } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { chanceFrom } from '../demo/random.ts'
import { readJson } from '../testing.ts'
import { idOf, letters, NOON, openShop, properties, purchase, textOf, view } from './test/shop.ts'

const shop = openShop()
const { post, send, stored, wrongInTheLedger } = shop

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
      what: 'has 201 items',
      event: view({ properties: { items: Array.from({ length: 201 }, () => ({})) } }),
      want: ['items_invalid', 'properties.items'],
    },
    {
      what: 'has an item with 65 properties',
      event: view({ properties: { items: [properties(65)] } }),
      want: ['too_many_properties', 'properties.items.0'],
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
      want: ['number_out_of_range', 'properties.price'],
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
