import { expect, it } from 'vitest'
import { isDeep } from './is-deep.ts'

const nested = (depth: number): unknown =>
  JSON.parse(`${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`)

it.each([
  { what: 'text', value: 'x', deep: false },
  { what: 'nothing', value: null, deep: false },
  { what: 'as deep as may be', value: nested(10), deep: false },
  { what: 'one deeper', value: [nested(10)], deep: true },
  { what: 'deep in its last corner', value: { a: 1, b: [2, [nested(10)]] }, deep: true },
  { what: 'deeper than any stack', value: nested(200_000), deep: true },
])('finds $what deep: $deep', ({ value, deep }) => {
  expect(isDeep(value, 10)).toBe(deep)
})
