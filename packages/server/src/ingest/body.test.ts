/** What a body may be, and which is refused as a whole. */
import { describe, expect, it } from 'vitest'
import { type Json, letters, openShop, problemOf, textOf, view } from './test/shop.ts'

const shop = openShop()
const { post, send, stored } = shop

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
    {
      what: 'an object instead of text, whose length is no number',
      body: () => envelope([view()], { visitor_id: { length: { valueOf: 1, toString: 1 } } }),
      want: [400, 'invalid_request'],
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
