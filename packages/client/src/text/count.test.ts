import { expect, it } from 'vitest'
import { count, counted } from './count.ts'

it.each([
  [0, '0'],
  [999, '999'],
  [4812, '4,812'],
  [10_000_000, '10,000,000'],
])('%d is written %s', (n, want) => {
  expect(count(n)).toBe(want)
})

it.each([
  [0, '0 orders'],
  [1, '1 order'],
  [1200, '1,200 orders'],
])('%d of them: %s', (n, want) => {
  expect(counted(n, 'order')).toBe(want)
})
