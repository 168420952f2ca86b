/** What an event may be all the same, and what is cut or cleaned. */
import { describe, expect, it } from 'vitest'
import { idOf, letters, openShop, properties, view } from './test/shop.ts'

const shop = openShop()
const { send, stored } = shop

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
