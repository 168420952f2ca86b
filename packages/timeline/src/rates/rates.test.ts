import { expect, it } from 'vitest'
import { dropOff, rate } from './rates.ts'

it.each([
  { name: 'the first test', in: [100, 1000], want: 0.1 },
  { name: 'the second', in: [50, 1000], want: 0.05 },
  { name: 'nobody converted', in: [0, 1000], want: 0 },
])('$name: $in is $want', ({ in: [numerator = 0, denominator = 0], want }) => {
  expect(rate(numerator, denominator)).toMatchObject({ rate: want, too_few: false })
})

it('is null of nobody, and says that these are too few', () => {
  expect(rate(0, 0)).toEqual({
    numerator: 0,
    denominator: 0,
    rate: null,
    low: null,
    high: null,
    too_few: true,
  })
})

it('says that under 30 are too few', () => {
  expect(rate(1, 29).too_few).toBe(true)
  expect(rate(1, 30).too_few).toBe(false)
})

it.each([
  { in: [1000, 600], want: { count: 400, rate: 0.4 } },
  { in: [5, 5], want: { count: 0, rate: 0 } },
  { in: [0, 0], want: { count: 0, rate: null } },
])('drops off: $in is $want', ({ in: [reached = 0, next = 0], want }) => {
  expect(dropOff(reached, next)).toEqual(want)
})
