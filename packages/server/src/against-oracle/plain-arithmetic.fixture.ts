/** For tests: rates, intervals and percentiles as their definitions say, by no formula of the engine's. */
import { expect } from 'vitest'

/** The two-sided 95 % quantile of the normal distribution. */
const Z = 1.959964

/** A number that another way of adding may have rounded otherwise. */
export const near = (value: number | null): unknown =>
  value === null || Number.isInteger(value) ? value : expect.closeTo(value, 6)

export interface PlainRate {
  numerator: number
  denominator: number
}

export function rateOf(numerator: number, denominator: number): Record<string, unknown> {
  const { low, high } = wilsonOf({ numerator, denominator })
  return {
    ...{ numerator, denominator },
    rate: denominator === 0 ? null : near(numerator / denominator),
    low: near(low),
    high: near(high),
    too_few: denominator < 30,
  }
}

/** The shares p that are no further from the one that was seen than 1.96 of their own standard errors. */
export function wilsonOf({ numerator, denominator }: PlainRate): {
  low: number | null
  high: number | null
} {
  if (denominator === 0) return { low: null, high: null }
  const seen = numerator / denominator
  const isFar = (p: number) => Math.abs(p - seen) > Z * Math.sqrt((p * (1 - p)) / denominator)
  return { low: edgeOf(isFar, 0, seen), high: edgeOf(isFar, 1, seen) }
}

/** Where, from `far` to `near`, what is far ends. */
function edgeOf(isFar: (p: number) => boolean, far: number, near: number): number {
  if (!isFar(far)) return far
  let [out, into] = [far, near]
  for (let step = 0; step < 60; step++) {
    const middle = (out + into) / 2
    if (isFar(middle)) out = middle
    else into = middle
  }
  return into
}

/** Newcombe's interval: the distances to the ends of both, as if they stood at right angles. */
export function differenceOf(a: PlainRate, b: PlainRate): Record<string, unknown> | null {
  if (a.denominator === 0 || b.denominator === 0) return null
  const [one, other] = [wilsonOf(a), wilsonOf(b)]
  const [p, q] = [a.numerator / a.denominator, b.numerator / b.denominator]
  const apart = (x: number, y: number) => Math.sqrt(x * x + y * y)
  return {
    difference: near(p - q),
    low: expect.closeTo(p - q - apart(p - Number(one.low), Number(other.high) - q), 6),
    high: expect.closeTo(p - q + apart(Number(one.high) - p, q - Number(other.low)), 6),
  }
}

export function timesOf(times_ms: readonly number[]): Record<string, unknown> {
  const sorted = times_ms.toSorted((a, b) => a - b)
  const seconds = (ms: number | null) => (ms === null ? null : expect.closeTo(ms / 1_000, 2))
  const mean = sorted.length === 0 ? null : sorted.reduce((a, b) => a + b, 0) / sorted.length
  return {
    count: sorted.length,
    mean_seconds: seconds(mean),
    median_seconds: seconds(percentile(sorted, 0.5)),
    p90_seconds: seconds(percentile(sorted, 0.9)),
  }
}

function percentile(sorted: readonly number[], share: number): number | null {
  const rank = share * (sorted.length - 1)
  const below = sorted[Math.floor(rank)]
  const above = sorted[Math.ceil(rank)]
  if (below === undefined || above === undefined) return null
  return below + (above - below) * (rank % 1)
}
