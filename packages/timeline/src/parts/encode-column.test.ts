import { expect, test } from 'vitest'
import type { Event } from '../gather.ts'
import { CONSTANT, PLAIN, PRESENT, VISITORS } from './column.ts'
import { wovenOf } from './fixture.ts'

const EVENTS = 1000
/** Ten events a visitor. */
const encodings: [name: string, of: (index: number) => unknown, encoding: number, bytes: number][] =
  [
    ['the same on all', () => 'EUR', CONSTANT, 0],
    ['the same on all but one', (index) => (index === 500 ? 'USD' : 'EUR'), CONSTANT, 5],
    ['on very few', (index) => (index % 250 === 0 ? 'x' : null), CONSTANT, 4 * 5],
    ['one a visitor', (index) => `c${index % 100}`, VISITORS, 100],
    [
      'one a visitor, unset on one event',
      (index) => (index === 7 ? null : index % 100),
      VISITORS,
      105,
    ],
    [
      'on every fifth, of any value',
      (index) => (index % 5 ? null : (index * 7) % 31),
      PRESENT,
      128 + 200,
    ],
    ['on all, of any value', (index) => (index * 7) % 253, PLAIN, EVENTS],
    ['on all, of many values', (index) => (index * 7) % 611, PLAIN, EVENTS * 2],
  ]

test.each(encodings)('%s', (_, of, encoding, bytes) => {
  const events = Array.from({ length: EVENTS }, (_, index): Event => {
    return { visitor: `v${index % 100}`, at: index, name: 'A', properties: { p: of(index) } }
  })
  const column = wovenOf(events).parts[0]?.columns.get('p') ?? new Uint8Array(0)
  const header = new DataView(column.buffer)
  expect(header.getUint8(11)).toBe(encoding)
  expect(column.length - 32 - header.getUint32(28, true)).toBe(bytes)
})
