/** What a change of a rate is made of. Both ways add up to the change, whatever the numbers. */
import type { Ratio } from './intervals.ts'

/**
 * How much each factor of a product gives to its change: the Shapley value, the mean over all orders in which
 * the factors may change one after the other. By Owen's integral: that of (now − then) × Π of the other
 * factors, each on its straight way from then to now.
 */
export function factorContributions(then: readonly number[], now: readonly number[]): number[] {
  return then.map((before, factor) => {
    let polynomial = [1]
    for (const [other, start] of then.entries())
      if (other !== factor) polynomial = times(polynomial, start, (now[other] ?? start) - start)
    const mean = polynomial.reduce((sum, one, power) => sum + one / (power + 1), 0)
    return ((now[factor] ?? before) - before) * mean
  })
}

/** A polynomial times (a + b t). */
const times = (polynomial: readonly number[], a: number, b: number): number[] =>
  [...polynomial, 0].map((one, power) => one * a + (polynomial[power - 1] ?? 0) * b)

/** What one row of a breakdown gives to the change of the whole rate. */
export interface RowContribution {
  /** By being a larger or smaller share of the whole than before. */
  readonly mix: number
  /** By converting better or worse than before. */
  readonly rate: number
}

/**
 * How much each row gives to the change of Σ numerators / Σ denominators. A row whose share grows gives as
 * much as it converts above the whole, both as the mean of then and now. Rows must be all there are; null where
 * a denominator of the whole is 0.
 */
export function rowContributions(
  rows: readonly { readonly before: Ratio; readonly now: Ratio }[],
): RowContribution[] | null {
  const then = sumOf(rows.map((row) => row.before))
  const now = sumOf(rows.map((row) => row.now))
  if (then.denominator === 0 || now.denominator === 0) return null
  const whole = (rateOf(then) + rateOf(now)) / 2
  return rows.map((row) => {
    const [shareThen, shareNow] = [
      row.before.denominator / then.denominator,
      row.now.denominator / now.denominator,
    ]
    // Where nobody was, nothing is known of the rate: all of it is mix.
    const rateThen = row.before.denominator === 0 ? rateOf(row.now) : rateOf(row.before)
    const rateNow = row.now.denominator === 0 ? rateThen : rateOf(row.now)
    return {
      mix: (shareNow - shareThen) * ((rateThen + rateNow) / 2 - whole),
      rate: ((shareThen + shareNow) / 2) * (rateNow - rateThen),
    }
  })
}

const rateOf = ({ numerator, denominator }: Ratio): number =>
  denominator === 0 ? 0 : numerator / denominator

const sumOf = (ratios: readonly Ratio[]): Ratio => ({
  numerator: ratios.reduce((sum, { numerator }) => sum + numerator, 0),
  denominator: ratios.reduce((sum, { denominator }) => sum + denominator, 0),
})
