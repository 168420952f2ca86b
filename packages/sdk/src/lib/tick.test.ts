import { expect, it } from 'vitest'
import { tick } from './tick.ts'

it('never stands, nor steps back', () => {
  expect(tick(1_000)).toBe(1_000)
  expect(tick(1_000)).toBe(1_001)
  expect(tick(10)).toBe(1_002)
  expect(tick(5_000)).toBe(5_000)
})
