import { expect, it } from 'vitest'
import { definitionOf } from './definitionText.ts'

it.each([
  [null, 'funnel'],
  ['of_site', 'of_site'],
  ['toString', 'funnel'],
])('%s is %s', (name, want) => {
  expect(definitionOf(name)).toBe(want)
})
