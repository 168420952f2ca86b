/**
 * Random histories, made to collide: few times, so that moments of several events, ends of windows
 * and gaps of 30 minutes are common; few names and values, so that repeats and overlaps are.
 */
import fc from 'fast-check'
import type { Event } from '../src/gather.ts'
import type { Range } from '../src/matching/funnel.ts'
import { MINUTE_MS } from './shorthand.ts'

export const RANGE: Range = { from: 0, to: 60 * MINUTE_MS }

/** Held, filtered on: 5 and "5" are equal, null is unset, 0, false and '' are set. */
export const VALUES = [5, '5', 'x', 'Xy', 0, '', false] as const

const time = fc
  .tuple(
    fc.constantFrom(0, 0, 10, 10, 20, 30, 30, 40, 60, 70, 90, -10),
    fc.constantFrom(0, 0, 0, 1, -1),
  )
  .map(([minute, ms]) => minute * MINUTE_MS + ms)

const seldom = fc.nat({ max: 11 }).map((number) => [true, 'true'][11 - number])

const properties = fc
  .record({
    // A third unset, so that the items speak; most of the rest the same two values.
    p: fc.constantFrom(undefined, null, undefined, null, 5, '5', 5, 'x', 'x', ...VALUES),
    item: fc.array(fc.constantFrom(5, 'x', 'x', ...VALUES), { maxLength: 2 }),
    money: fc.constantFrom({}, { value: 10 }, { value: '2.5' }, { price: 3, quantity: 2 }),
    currency: fc.constantFrom(undefined, 'EUR', 'USD'),
    q: fc.constantFrom(undefined, undefined, 'x', 'y', 0, ''),
    bot: seldom,
    cookieless: seldom,
  })
  .map(({ p, q, item, money, currency, bot, cookieless }) => ({
    ...money,
    ...(p === undefined ? {} : { p }),
    ...(q === undefined ? {} : { q }),
    ...(item.length === 0 ? {} : { items: item.map((one) => ({ p: one, price: 1 })) }),
    ...(currency === undefined ? {} : { currency }),
    ...(bot === undefined ? {} : { bot }),
    ...(cookieless === undefined ? {} : { cookieless }),
  }))

interface Size {
  readonly maxLength: number
  readonly visitors?: readonly string[]
}

/** Rows in no sequence. */
export function anyHistory({ maxLength, visitors = ['v'] }: Size): fc.Arbitrary<Event[]> {
  const event = fc.record({
    visitor: fc.constantFrom(...visitors),
    time: fc.nat({ max: 4 }),
    name: fc.constantFrom('A', 'B', 'C', 'X'),
    properties,
  })
  return fc
    .record({
      times: fc.array(time, { minLength: 5, maxLength: 5 }),
      // A case shrinks by leaving events out; an array's own length would mostly be short.
      events: fc.array(fc.tuple(fc.constantFrom(false, true, true), event), {
        minLength: maxLength,
        maxLength,
      }),
    })
    .map(({ times, events }) =>
      events.flatMap(([present, { time, ...event }]) =>
        present ? [{ ...event, at: times[time]! }] : [],
      ),
    )
}
