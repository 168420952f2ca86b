import type { Chance } from '../../demo/random.ts'
import { DAY, idOf, type Json, letters, NOON } from './shop.ts'

/** A body that is right, with every field of the wire in it sooner or later. */
export function rightBody(chance: Chance, key: string): Json {
  const one = <T>(...values: T[]): T => chance.pick(values.map((value) => [value, 1]))
  const context = () => ({
    url: one('https://shop.example/?utm_source=x&gclid=1', 'https://shop.example/p/%F0%9F%9B%B6#a'),
    referrer: one('https://google.com/', ''),
    title: 'A',
    screen: '1440x900',
    time_zone: one('Europe/Berlin', 'UTC'),
    language: 'de',
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36',
  })
  const event = () => ({
    id: one<unknown>(idOf(chance.between(1, 500)), 'mine', undefined),
    name: one('view', 'product_view', 'purchase', 'identify', 'a name of our own'),
    at: one<unknown>(
      NOON - chance.between(0, DAY),
      '2026-11-05T11:00:00Z',
      '2026-11-05',
      '2026-11-05T11:00:00.5+05:45',
    ),
    seq: chance.between(0, 99),
    visitor_id: one<unknown>(`v-${chance.between(1, 9)}`, undefined),
    stream: 's',
    context: one<unknown>(context(), undefined),
    properties: {
      order_id: one<unknown>(`o-${chance.between(1, 50)}`, chance.between(1, 50)),
      value: 1.5,
      currency: 'EUR',
      member_id: 'm',
      bot: one<unknown>(false, undefined),
      path: '/mine',
      note: letters(one(1, 1_024, 1_025)),
      items: [{ product_id: 'a', price: 1, quantity: 2, category: 'tea' }],
    },
  })
  return {
    key,
    sent_at: one<unknown>(NOON, NOON - DAY, '2026-11-05T12:00:00Z'),
    visitor_id: 'v-1',
    stream: 't',
    context: context(),
    events: Array.from({ length: chance.between(1, 4) }, event),
  }
}
