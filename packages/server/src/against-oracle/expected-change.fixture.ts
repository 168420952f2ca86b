import type { Range } from '@weir/timeline'
import { expect } from 'vitest'
import type { AnyQuestion } from './any-question.fixture.ts'
import { type PlainCounts, plainCounts } from './expected-part.fixture.ts'
import { type PlainRate, rateOf } from './plain-arithmetic.fixture.ts'
import type { SentEvent } from './shop-sites.fixture.ts'

/** For tests: `explained` of an answer, its lists by stage and by value. */
export function expectedChange(
  asked: AnyQuestion,
  other: Range,
  events: readonly SentEvent[],
  stage: number,
) {
  const [now, then] = [plainCounts(asked, events), plainCounts(asked, events, other)]
  const rungs = asked.funnel.stages.flatMap(({ optional }, place) =>
    place + 1 === stage || (place + 1 < stage && !optional) ? [place] : [],
  )
  const countAt = ({ tally }: PlainCounts, place = 0) => tally.stages[place]?.count ?? 0
  if (countAt(now) === 0 || countAt(then) === 0) return null
  const stepOf = (counts: PlainCounts, rung: number) => {
    const before = countAt(counts, rungs[rung - 1])
    return before === 0 ? null : countAt(counts, rungs[rung]) / before
  }
  const steps = rungs.slice(1).map((place, index) => ({
    stage: place + 1,
    name: `stage ${place + 1}`,
    now: stepOf(now, index + 1),
    before: stepOf(then, index + 1),
  }))
  const shares = shapley(
    steps.map((step) => step.before ?? step.now ?? 0),
    steps.map((step) => step.now ?? step.before ?? 0),
  )
  return {
    difference: expect.closeTo(
      countAt(now, stage - 1) / countAt(now) - countAt(then, stage - 1) / countAt(then),
      9,
    ),
    by_stage: steps.map((step, index) => ({
      ...step,
      contribution: expect.closeTo(shares[index] ?? 0, 9),
    })),
    by_value: now.tally.rows && rowChanges(now, then, stage),
  }
}

/** The mean, over all sequences in which the factors may change, of what the product changes when each does. */
function shapley(then: readonly number[], now: readonly number[]): number[] {
  const sums = then.map(() => 0)
  const orders = permutations([...then.keys()])
  for (const order of orders) {
    const factors = [...then]
    for (const factor of order) {
      const before = productOf(factors)
      factors[factor] = now[factor] ?? 0
      sums[factor] = (sums[factor] ?? 0) + productOf(factors) - before
    }
  }
  return sums.map((sum) => sum / orders.length)
}

const productOf = (factors: readonly number[]) => factors.reduce((a, b) => a * b, 1)

const permutations = (some: readonly number[]): number[][] =>
  some.length === 0
    ? [[]]
    : some.flatMap((one) =>
        permutations(some.filter((other) => other !== one)).map((rest) => [one, ...rest]),
      )

/** By its value, what each row gives: by another share of those who entered, and by another rate. */
function rowChanges(now: PlainCounts, then: PlainCounts, stage: number) {
  const ratioOf = ({ tally }: PlainCounts, value: string | null): PlainRate => {
    const row = tally.rows?.get(value)
    return {
      numerator: row?.stages[stage - 1]?.count ?? 0,
      denominator: row?.stages[0]?.count ?? 0,
    }
  }
  const enteredIn = ({ tally }: PlainCounts) => tally.stages[0]?.count ?? 0
  const wholeOf = (counts: PlainCounts) =>
    (counts.tally.stages[stage - 1]?.count ?? 0) / enteredIn(counts)
  const middle = (wholeOf(now) + wholeOf(then)) / 2
  const values = new Set([...(now.tally.rows?.keys() ?? []), ...(then.tally.rows?.keys() ?? [])])
  return new Map(
    Array.from(values, (value) => {
      const [a, b] = [ratioOf(now, value), ratioOf(then, value)]
      // Where nobody was, nothing is known of the rate: it counts as unchanged.
      const p = shareOf(a.denominator === 0 ? b : a)
      const q = shareOf(b.denominator === 0 ? a : b)
      const [s, t] = [a.denominator / enteredIn(now), b.denominator / enteredIn(then)]
      const mix = (s - t) * ((p + q) / 2 - middle)
      const rate = ((s + t) / 2) * (p - q)
      const shown = {
        now: rateOf(a.numerator, a.denominator),
        before: rateOf(b.numerator, b.denominator),
        ...{ mix: close(mix), rate: close(rate), contribution: close(mix + rate) },
      }
      return [value, { contribution: mix + rate, shown }]
    }),
  )
}

const shareOf = ({ numerator, denominator }: PlainRate): number =>
  denominator === 0 ? 0 : numerator / denominator

const close = (value: number): unknown => expect.closeTo(value, 9)
