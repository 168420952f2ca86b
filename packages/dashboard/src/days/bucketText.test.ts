import { expect, it } from 'vitest'
import { bucketText, tickText } from './bucketText.ts'

const BERLIN = 'Europe/Berlin'

it.each([
  [
    'hour',
    '2026-10-25T20:00:00.000Z',
    '2026-10-25T21:00:00.000Z',
    '25 Oct 2026, 21:00',
    '25 Oct, 21:00',
  ],
  // Clocks go back on the 25th: it has 25 hours.
  ['day', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z', '25 Oct 2026', '25 Oct'],
  ['week', '2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z', '19 – 25 Oct 2026', '19 Oct'],
  ['month', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z', '1 – 31 Oct 2026', 'Oct 2026'],
] as const)('by %s', (interval, from, to, full, tick) => {
  expect(bucketText({ from, to }, interval, BERLIN)).toBe(full)
  expect(tickText({ from, to }, interval, BERLIN)).toBe(tick)
})
