import { expect, it } from 'vitest'
import { bucketsOf } from './buckets.ts'

const at = (text: string) => Date.parse(text)

it.each([
  {
    name: 'days of 23 and 25 hours where clocks change',
    range: ['2026-03-28T23:00:00Z', '2026-03-30T22:00:00Z'],
    interval: 'day',
    want: ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', '2026-03-30T22:00:00Z'],
  },
  {
    name: 'every hour of the night that has two o’clock twice',
    range: ['2026-10-25T00:00:00Z', '2026-10-25T03:00:00Z'],
    interval: 'hour',
    want: [
      '2026-10-25T00:00:00Z',
      '2026-10-25T01:00:00Z',
      '2026-10-25T02:00:00Z',
      '2026-10-25T03:00:00Z',
    ],
  },
  {
    name: 'weeks from Monday, the first cut by the range',
    range: ['2026-11-18T23:00:00Z', '2026-11-25T23:00:00Z'],
    interval: 'week',
    want: ['2026-11-18T23:00:00Z', '2026-11-22T23:00:00Z', '2026-11-25T23:00:00Z'],
  },
  {
    name: 'months of their own length',
    range: ['2026-01-31T23:00:00Z', '2026-03-31T22:00:00Z'],
    interval: 'month',
    want: ['2026-01-31T23:00:00Z', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
  },
] as const)('cuts $name', ({ range: [from, to], interval, want }) => {
  const buckets = bucketsOf({ from: at(from), to: at(to) }, interval, 'Europe/Berlin')
  expect(buckets.map((ms) => new Date(ms).toISOString().replace('.000', ''))).toEqual(want)
})

it('begins a day at one where clocks skip midnight, and the next at midnight', () => {
  const range = { from: at('2026-04-22T22:00:00Z'), to: at('2026-04-26T21:00:00Z') }
  expect(bucketsOf(range, 'day', 'Africa/Cairo').map((ms) => new Date(ms).toISOString())).toEqual([
    '2026-04-22T22:00:00.000Z',
    '2026-04-23T22:00:00.000Z',
    '2026-04-24T21:00:00.000Z',
    '2026-04-25T21:00:00.000Z',
    '2026-04-26T21:00:00.000Z',
  ])
})

it('refuses more buckets than anybody reads', () => {
  const range = { from: at('2020-01-01T00:00:00Z'), to: at('2026-01-01T00:00:00Z') }
  expect(() => bucketsOf(range, 'hour', 'UTC')).toThrow(/over 2000 buckets/)
})
