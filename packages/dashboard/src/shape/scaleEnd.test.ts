import { expect, it } from 'vitest'
import { scaleEnd } from './scaleEnd.ts'

it.each([
  ['nothing', [], 0.01],
  ['nothing to divide by', [null], 0.01],
  ['small ones', [0.004, 0.031], 0.04],
  ['on the edge', [0.4], 0.4],
  ['the largest decides', [0.05, null, 0.37], 0.4],
  ['everybody', [1], 1],
])('%s', (_, shares, want) => {
  expect(scaleEnd(shares)).toBe(want)
})
