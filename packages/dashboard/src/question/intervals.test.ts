import { expect, it } from 'vitest'
import { intervalsOf, usualInterval } from './intervals.ts'

it.each([
  ['a day', '2026-10-01', '2026-10-02', ['hour'], 'hour'],
  ['a week', '2026-10-01', '2026-10-08', ['hour', 'day'], 'day'],
  ['a month', '2026-10-01', '2026-10-31', ['day', 'week'], 'day'],
  ['a quarter', '2026-07-01', '2026-10-01', ['day', 'week', 'month'], 'week'],
  ['a year', '2026-01-01', '2027-01-01', ['day', 'week', 'month'], 'month'],
  ['ten years', '2016-01-01', '2026-01-01', ['month'], 'month'],
  ['an hour', '2026-10-01T00:00:00Z', '2026-10-01T01:00:00Z', ['day'], 'day'],
  ['no range', '2026-10-02', '2026-10-01', ['day'], 'day'],
  ['no dates', 'oktober', 'soon', ['day'], 'day'],
])('%s is seen by %s', (_, from, to, intervals, usual) => {
  expect(intervalsOf(from, to)).toEqual(intervals)
  expect(usualInterval(from, to)).toBe(usual)
})
