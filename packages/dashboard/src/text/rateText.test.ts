import { expect, it } from 'vitest'
import { rateText } from './rateText.ts'

it('says what was divided by what', () => {
  const rate = { numerator: 24, denominator: 1493, rate: 24 / 1493, low: 0.011, high: 0.024 }
  expect(rateText({ ...rate, too_few: false }).replaceAll('\u202f', ' ')).toBe(
    '1.6 %, 24 of 1,493, 95 % interval 1.1 – 2.4 %',
  )
})

it('says that there was nothing', () => {
  const none = { numerator: 0, denominator: 0, rate: null, low: null, high: null, too_few: true }
  expect([rateText(none), rateText(null)]).toEqual(['nobody to divide by', 'nobody to divide by'])
})
