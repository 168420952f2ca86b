import fc from 'fast-check'
import { expect, it } from 'vitest'
import { factorContributions, rowContributions } from './contributions.ts'

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const product = (factors: readonly number[]) => factors.reduce((all, one) => all * one, 1)

const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1))

it('shares a change of a product out among its factors, to the last bit', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 19 }), (pairs) => {
      const [then, now] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
      const change = product(now) - product(then)
      expect(Math.abs(sum(factorContributions(then, now)) - change)).toBeLessThan(1e-12)
    }),
    { numRuns: 2_000 },
  )
})

it('is the mean over all orders in which the factors may change', () => {
  const then = [0.5, 0.2, 0.9]
  const now = [0.6, 0.4, 0.3]
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]
  const means = then.map((_, factor) => {
    const steps = orders.map((order) => {
      const at = (changed: number[]) =>
        product(then.map((one, i) => (changed.includes(i) ? (now[i] ?? 0) : one)))
      const before = order.slice(0, order.indexOf(factor))
      return at([...before, factor]) - at(before)
    })
    return sum(steps) / orders.length
  })
  for (const [factor, contribution] of factorContributions(then, now).entries())
    expect(contribution).toBeCloseTo(means[factor] ?? 0, 14)
})

const ratio = fc
  .tuple(fc.nat({ max: 50 }), fc.nat({ max: 50 }))
  .map(([a, b]) => ({ numerator: Math.min(a, b), denominator: Math.max(a, b) }))

it('shares a change of a rate out among rows, those that were not there before or are no more included', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ before: ratio, now: ratio }), { minLength: 1, maxLength: 9 }),
      (rows) => {
        const whole = (when: 'before' | 'now') => {
          const denominator = sum(rows.map((row) => row[when].denominator))
          return denominator === 0
            ? null
            : sum(rows.map((row) => row[when].numerator)) / denominator
        }
        const [then, now] = [whole('before'), whole('now')]
        const contributions = rowContributions(rows)
        if (then === null || now === null) {
          expect(contributions).toBeNull()
          return
        }
        const total = sum(contributions?.map(({ mix, rate }) => mix + rate) ?? [])
        expect(Math.abs(total - (now - then))).toBeLessThan(1e-12)
      },
    ),
    { numRuns: 2_000 },
  )
})

it('tells mix from rate', () => {
  const of = (numerator: number, denominator: number) => ({ numerator, denominator })
  // As good as ever, but fewer of the good ones.
  const mix = rowContributions([
    { before: of(10, 100), now: of(5, 50) },
    { before: of(1, 100), now: of(1.5, 150) },
  ])
  for (const row of mix ?? []) {
    expect(row.rate).toBeCloseTo(0, 14)
    expect(row.mix).toBeLessThan(0)
  }
  const rate = rowContributions([
    { before: of(10, 100), now: of(5, 100) },
    { before: of(1, 100), now: of(1, 100) },
  ])
  expect(rate).toEqual([
    { mix: 0, rate: -0.025 },
    { mix: -0, rate: 0 },
  ])
})
