import { expect, it } from 'vitest'
import { windowText } from './windowText.ts'

it.each([
  ['7d', '7 days'],
  ['1d', '1 day'],
  ['12h', '12 hours'],
  ['30m', '30 minutes'],
  ['90s', '90 seconds'],
  ['soon', 'soon'],
])('%s is %s', (window, want) => {
  expect(windowText(window)).toBe(want)
})
