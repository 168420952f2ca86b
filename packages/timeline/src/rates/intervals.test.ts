import { describe, expect, it } from 'vitest'
import { newcombe, wilson } from './intervals.ts'

describe('wilson', () => {
  it.each([
    { name: 'a tenth of a thousand', in: [100, 1000], want: [0.0829, 0.1202] },
    // Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
    { name: '81 of 263', in: [81, 263], want: [0.2553, 0.3662] },
    { name: '15 of 148', in: [15, 148], want: [0.0624, 0.1605] },
    { name: '0 of 20', in: [0, 20], want: [0, 0.1611] },
    { name: '1 of 29', in: [1, 29], want: [0.0061, 0.1718] },
    { name: 'all', in: [29, 29], want: [0.883, 1] },
  ])('$name', ({ in: [numerator = 0, denominator = 0], want: [low = 0, high = 0] }) => {
    const interval = wilson({ numerator, denominator })
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  it('stays between 0 and 1 at both ends, exactly', () => {
    expect(wilson({ numerator: 0, denominator: 7 })?.low).toBe(0)
    expect(wilson({ numerator: 7, denominator: 7 })?.high).toBe(1)
  })

  it('knows nothing of nobody', () => {
    expect(wilson({ numerator: 0, denominator: 0 })).toBeNull()
  })
})

describe('newcombe', () => {
  // Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
  it.each([
    { name: '56/70 − 48/80', in: [56, 70, 48, 80], want: [0.0524, 0.3339] },
    { name: '9/10 − 3/10', in: [9, 10, 3, 10], want: [0.1705, 0.809] },
    { name: '6/7 − 2/7', in: [6, 7, 2, 7], want: [0.0582, 0.8062] },
    { name: '5/56 − 0/29', in: [5, 56, 0, 29], want: [-0.0381, 0.1926] },
    { name: '0/10 − 0/20', in: [0, 10, 0, 20], want: [-0.1611, 0.2775] },
    { name: '0/10 − 0/10', in: [0, 10, 0, 10], want: [-0.2775, 0.2775] },
    { name: '10/10 − 0/20', in: [10, 10, 0, 20], want: [0.6791, 1] },
    { name: '10/10 − 0/10', in: [10, 10, 0, 10], want: [0.6075, 1] },
  ])('$name', ({ in: [x = 0, m = 0, y = 0, n = 0], want: [low = 0, high = 0] }) => {
    const interval = newcombe({ numerator: x, denominator: m }, { numerator: y, denominator: n })
    expect(interval?.difference).toBeCloseTo(x / m - y / n, 12)
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  it('knows nothing where one side is nobody', () => {
    expect(newcombe({ numerator: 0, denominator: 0 }, { numerator: 1, denominator: 2 })).toBeNull()
    expect(newcombe({ numerator: 1, denominator: 2 }, { numerator: 0, denominator: 0 })).toBeNull()
  })
})
