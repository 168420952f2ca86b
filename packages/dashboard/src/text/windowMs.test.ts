import { expect, it } from 'vitest'
import { windowMs } from './windowMs.ts'

it.each([
  ['7d', 604_800_000],
  ['12h', 43_200_000],
  ['30m', 1_800_000],
  ['90s', 90_000],
  ['soon', 0],
])('%s is %d ms', (window, want) => {
  expect(windowMs(window)).toBe(want)
})
