import { expect, it } from 'vitest'
import { points } from './points.ts'

it.each([
  ['none', 0, '0'],
  ['more', 0.00407, '+0.41'],
  ['less', -0.045, '-4.5'],
  ['everything', 1, '+100'],
  ['never 0 for something', -0.000001, '-< 0.01'],
])('%s', (_, difference, want) => {
  expect(points(difference)).toBe(want)
})
