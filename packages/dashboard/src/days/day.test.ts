import { describe, expect, it } from 'vitest'
import { addDays, dayIn, isDay } from './day.ts'

describe('isDay', () => {
  it.each([
    ['2026-10-01', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['yesterday', false],
    ['', false],
  ])('%s: %s', (text, want) => {
    expect(isDay(text)).toBe(want)
  })
})

describe('addDays', () => {
  it.each([
    ['2026-10-31', 1, '2026-11-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2028-03-01', -1, '2028-02-29'],
    // Clocks go back in Berlin on 25 October and forward in New York on 8 March.
    ['2026-10-24', 2, '2026-10-26'],
    ['2026-03-07', 2, '2026-03-09'],
  ])('%s and %d days: %s', (day, days, want) => {
    expect(addDays(day, days)).toBe(want)
  })
})

describe('dayIn', () => {
  it.each([
    ['Europe/Berlin', '2026-11-21T22:59:59Z', '2026-11-21'],
    ['Europe/Berlin', '2026-11-21T23:00:00Z', '2026-11-22'],
    ['America/Los_Angeles', '2026-11-21T07:59:59Z', '2026-11-20'],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01'],
    ['UTC', '2026-01-01T00:00:00Z', '2026-01-01'],
  ])('in %s at %s it is %s', (zone, instant, want) => {
    expect(dayIn(zone, new Date(instant))).toBe(want)
  })
})
