/** Under which id and at which time an event is stored. */
import { describe, expect, it } from 'vitest'
import { DAY, idOf, MINUTE, NOON, openShop, purchase, SECOND, view } from './test/shop.ts'

const shop = openShop()
const { clock, send, stored } = shop

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
    clock.now += DAY
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
    clock.now += MINUTE
    expect(await send(shop.keys.write, [{ id: 'mine', name: 'view' }])).toMatchObject({
      duplicates: 1,
    })
  })

  it('that is made never holds a corrected time', async () => {
    const event = view({ at: NOON + 2 * DAY })
    await send(shop.keys.write, [event], { sent_at: NOON + 2 * DAY })
    clock.now += MINUTE
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
