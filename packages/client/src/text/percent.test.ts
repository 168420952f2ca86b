import { describe, expect, it } from 'vitest'
import { interval, percent } from './percent.ts'

describe('percent', () => {
  it.each([
    ['nothing to divide by', null, '–'],
    ['nobody', 0, '0 %'],
    ['everybody', 1, '100 %'],
    ['ten', 0.1, '10.0 %'],
    ['one decimal', 0.05128, '5.1 %'],
    ['two decimals under one percent', 0.00424, '0.42 %'],
    ['two decimals over ninety-nine', 0.9996, '99.96 %'],
    ['never 0 % for somebody', 0.00001, '< 0.01 %'],
    ['never 100 % with somebody missing', 0.999999, '> 99.99 %'],
  ])('%s', (_, rate, want) => {
    expect(percent(rate).replaceAll('\u202f', ' ')).toBe(want)
  })
})

describe('interval', () => {
  it.each([
    ['nothing to divide by', null, null, '–'],
    ['usual', 0.0453, 0.0579, '4.5 – 5.8 %'],
    ['wide', 0.0094, 0.2464, '0.9 – 24.6 %'],
    ['a tenth of a point wide', 0.0095, 0.01049, '0.95 – 1.05 %'],
    ['narrow ones are told apart', 0.33481, 0.33519, '33.48 – 33.52 %'],
    ['from 0', 0, 0.0008, '0 – 0.08 %'],
    ['up to 100', 0.9962, 1, '99.6 – 100 %'],
    ['everybody of ten million', 0.9999996, 1, '99.99996 – 100 %'],
    ['nobody of ten million', 0, 0.0000004, '0 – 0.00004 %'],
    ['a point stays a point', 0.5, 0.5, '50.0 – 50.0 %'],
  ])('%s', (_, low, high, want) => {
    expect(interval(low, high).replaceAll('\u202f', ' ')).toBe(want)
  })
})
