import { describe, expect, it } from 'vitest'
import { cartsAddress, productsAddress, ratesAddress, trendAddress } from './apiAddress.ts'
import { readPageQuestion } from './pageQuestion.ts'

const asked = (search: string) => readPageQuestion(search, '2026-11-21')
const RATES = '/v1/rates?funnel=storefront&from=2026-10-23&to=2026-11-22&target=add_to_cart'

describe('the rates', () => {
  it.each([
    ['are those of the storefront funnel', '', RATES],
    [
      'do not depend on what is shown of them',
      '?stage=chat&definition=of_site&interval=day',
      RATES,
    ],
    ['have rows', '?breakdown=device', `${RATES}&breakdown=device`],
    ['are compared', '?compare=previous', `${RATES}&compare=previous`],
  ])('%s', (_, search, want) => {
    expect(ratesAddress(asked(search))).toBe(want)
    expect(ratesAddress(asked(search), 'csv')).toBe(`${want}&format=csv`)
  })
})

describe('the rates over time', () => {
  it.each([
    ['have a bucket that suits the range', '', `${RATES}&interval=day`],
    ['have the one that was chosen', '?interval=week', `${RATES}&interval=week`],
    ['leave a wrong one to the server', '?interval=fortnight', `${RATES}&interval=fortnight`],
    ['have no rows', '?breakdown=device&compare=previous&stage=chat', `${RATES}&interval=day`],
  ])('%s', (_, search, want) => {
    expect(trendAddress(asked(search))).toBe(want)
    expect(trendAddress(asked(search), 'csv')).toBe(`${want}&format=csv`)
  })
})

it('asks for products and carts of the range alone', () => {
  const question = asked('?breakdown=device&compare=previous&stage=chat')
  const range = 'from=2026-10-23&to=2026-11-22'
  expect(productsAddress(question)).toBe(`/v1/products?${range}&limit=10`)
  expect(cartsAddress(question, 'csv')).toBe(`/v1/carts?${range}&format=csv`)
})
