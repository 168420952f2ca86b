import { expect, it } from 'vitest'
import type { Value } from '../value.ts'
import type { Filter } from './funnel.ts'
import { holds } from './holds.ts'

const cases: [Filter['op'], Filter['value'], Value, boolean][] = [
  ['eq', '5', 5, true],
  ['eq', true, 'true', true],
  ['eq', 'a', ['b', 'a'], true],
  ['eq', 'a', null, false],
  ['eq', '', '', true],
  ['eq', 'A', 'a', false],
  ['ne', 'a', null, true],
  ['ne', 'a', 'b', true],
  ['ne', 'a', ['b', 'a'], false],
  ['ne', 5, '5', false],
  ['in', ['a', 1], '1', true],
  ['in', ['a', 1], [2, 3], false],
  ['in', [], 'a', false],
  ['not_in', ['a'], null, true],
  ['not_in', ['a'], 'b', true],
  ['not_in', ['a'], ['a', 'b'], false],
  ['contains', 'SHIRT', 'blue shirt', true],
  ['contains', 'hat', ['shirt', 'Hats'], true],
  ['contains', '', null, false],
  ['starts_with', 'blue', 'blue shirt', true],
  ['starts_with', 'Blue', 'blue shirt', false],
  ['gt', 5, 5, false],
  ['gt', 5, '6', true],
  ['gt', '5', 6, true],
  ['gte', 5, 5, true],
  ['lt', 5, 'four', false],
  ['lt', 5, '', false],
  ['lt', 5, 4, true],
  ['lte', 5, '5.0', true],
  ['lte', 5, null, false],
  ['set', undefined, 0, true],
  ['set', undefined, false, true],
  ['set', undefined, '', true],
  ['set', undefined, null, false],
  ['unset', undefined, null, true],
  ['unset', undefined, '', false],
]

it.each(cases)('%s %j of %j is %s', (op, wanted, value, want) => {
  const filter = wanted === undefined ? { property: 'p', op } : { property: 'p', op, value: wanted }
  expect(holds(filter, value)).toBe(want)
})
