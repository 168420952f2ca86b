import { expect, it } from 'vitest'
import { ticksOf } from './ticksOf.ts'

it.each([
  [0, [], []],
  [1, [0], [0.5]],
  [2, [0, 1], [0.25, 0.75]],
  [4, [0, 1, 2, 3], [0.125, 0.375, 0.625, 0.875]],
  [10, [0, 3, 6, 9], [0.05, 0.35, 0.65, 0.95]],
])('of %d columns names the first, the last and what lies between', (columns, places, shares) => {
  const ticks = ticksOf(columns, 4)
  expect(ticks.map(({ place }) => place)).toEqual(places)
  expect(ticks.map(({ share }) => share)).toEqual(shares)
})
