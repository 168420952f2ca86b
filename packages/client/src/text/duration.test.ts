import { expect, it } from 'vitest'
import { duration } from './duration.ts'

it.each([
  ['nobody converted', null, '–'],
  ['none', 0, '0 s'],
  ['less than a second', 0.4, '< 1 s'],
  ['seconds', 41, '41 s'],
  ['up to a minute', 59.6, '1 min'],
  ['minutes and seconds', 125, '2 min 5 s'],
  ['up to an hour', 3_599.7, '1 h'],
  ['hours and minutes', 4_330, '1 h 12 min'],
  ['up to a day', 86_399, '1 d'],
  ['days and hours', 2 * 86_400 + 3 * 3_600 + 1_000, '2 d 3 h'],
  ['whole days', 7 * 86_400, '7 d'],
])('%s', (_, seconds, want) => {
  expect(duration(seconds).replaceAll('\u202f', ' ')).toBe(want)
})
