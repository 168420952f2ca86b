import { expect, it } from 'vitest'
import { money } from './money.ts'

it.each([
  ['euros', 12_431.2, 'EUR', '€12,431.20'],
  ['no cents where there are none', 1_200, 'JPY', '¥1,200'],
  ['a refund', -5.5, 'EUR', '-€5.50'],
  ['an unset currency', 10, null, '10.00, no currency given'],
  ['not a currency', 10, 'euros', '10.00 euros'],
])('%s', (_, value, currency, want) => {
  expect(money(value, currency)).toBe(want)
})
