import { expect, it } from 'vitest'
import { fallPath } from './fallPath.ts'

it.each([
  [
    'from the left bank',
    { left: 0, right: 0.6 },
    { left: 0, right: 0.2 },
    'M0 0H60C60 55 20 45 20 100H0C0 45 0 55 0 0Z',
  ],
  [
    'a branch',
    { left: 0.1, right: 0.2 },
    { left: 0.3, right: 0.4 },
    'M10 0H20C20 55 40 45 40 100H30C30 45 10 55 10 0Z',
  ],
])('%s', (_, above, below, want) => {
  expect(fallPath(above, below)).toBe(want)
})
