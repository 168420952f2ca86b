/** Whatever comes is answered, and the next event is stored. */
import { describe, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { chanceFrom } from '../demo/random.ts'
import { DAY, idOf, type Json, letters, NOON, openShop, textOf, view } from './test/shop.ts'

const shop = openShop()
const { post, send, wrongInTheLedger } = shop

describe('whatever comes', () => {
  const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_105)
  const BODIES = howLong(500)
  const AT_ONCE = 50
  const JUNK: unknown[] = [
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    '',
    'x',
    '\u0000',
    '\ud800',
    '*',
    letters(3_000),
    '2026-11-05T12:00:00Z',
    '2026-11-05',
    'constructor',
    NOON,
    [],
    [[]],
    [null],
    {},
    { a: {} },
    '@huge@',
    '@deep@',
    '@proto@',
    '@constructor@',
  ]

  it(
    `answers ${BODIES} bodies of seed ${SEED} with 2xx or 4xx, and goes on`,
    async () => {
      const chance = chanceFrom(SEED)
      const one = <T>(values: readonly T[]): T => chance.pick(values.map((value) => [value, 1]))
      const junkOr = (value: unknown) => (chance.happens(0.12) ? one(JUNK) : value)
      const spoiled = (record: Json): Json =>
        Object.fromEntries(
          Object.entries(record)
            .filter(() => !chance.happens(0.05))
            .map(([name, value]) => [
              chance.happens(0.03) ? String(one(JUNK)) : name,
              junkOr(value),
            ]),
        )
      const event = () =>
        spoiled({
          id: one([idOf(chance.between(1, 500)), 'mine', undefined]),
          name: one(['view', 'product_view', 'purchase']),
          at: NOON - chance.between(0, DAY),
          seq: chance.between(0, 99),
          visitor_id: `v-${chance.between(1, 9)}`,
          stream: 's',
          context: spoiled({
            url: 'https://shop.example/?utm_source=x',
            referrer: 'https://google.com/',
            title: 'A',
            time_zone: 'Europe/Berlin',
          }),
          properties: spoiled({
            order_id: `o-${chance.between(1, 50)}`,
            value: 1,
            items: [spoiled({ product_id: 'a', price: 1 })],
          }),
        })
      const body = () => {
        const key = one([shop.keys.write, shop.keys.secret])
        const events = Array.from({ length: chance.between(0, 5) }, event)
        const text = textOf(
          spoiled({ sent_at: NOON, visitor_id: 'v-1', context: {}, key, events: junkOr(events) }),
        )
        if (!chance.happens(0.05)) return text
        const cut = chance.between(0, text.length)
        return text.slice(0, cut) + one(['', '"', '\\ud800', '}', '\u0000']) + text.slice(cut + 1)
      }

      const answers: Record<number, number> = {}
      const wrong: { status: number; body: string }[] = []
      for (let sent = 0; sent < BODIES; sent += AT_ONCE) {
        const bodies = Array.from({ length: AT_ONCE }, body)
        await Promise.all(
          bodies.map(async (text) => {
            const response = await post(text)
            const { status } = response
            // Read to its end, or each body opens a connection of its own.
            await response.arrayBuffer()
            answers[status] = (answers[status] ?? 0) + 1
            if (status < 200 || status >= 500) wrong.push({ status, body: text.slice(0, 1_500) })
          }),
        )
      }
      expect(wrong.slice(0, 3)).toEqual([])
      // Most bodies must be readable, or nothing beyond the parser was tried.
      expect(answers[202]).toBeGreaterThan(BODIES / 4)
      expect(answers[400]).toBeGreaterThan(BODIES / 20)
      expect(await send(shop.keys.write, [view({ id: 'last' })])).toMatchObject({ accepted: 1 })
      expect(await wrongInTheLedger()).toEqual([])
    },
    120_000 + BODIES * 20,
  )
})
