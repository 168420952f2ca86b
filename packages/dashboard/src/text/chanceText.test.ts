import { expect, it } from 'vitest'
import { chanceText } from './chanceText.ts'

it.each([
  [0.001, 0.02, 'more than chance'],
  [-0.02, -0.001, 'more than chance'],
  [-0.001, 0.02, 'may be chance'],
  [0, 0.02, 'may be chance'],
  [-0.02, 0, 'may be chance'],
])('from %d to %d: %s', (low, high, want) => {
  expect(chanceText({ low, high })).toBe(want)
})
