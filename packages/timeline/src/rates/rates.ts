import { wilson } from './intervals.ts'

/** Below this many, a rate says little. */
const FEW = 30

/** A share from 0 to 1 with its 95 % Wilson interval; all three null where the denominator is 0. */
export interface Rate {
  readonly numerator: number
  readonly denominator: number
  readonly rate: number | null
  readonly low: number | null
  readonly high: number | null
  /** The denominator is under 30. */
  readonly too_few: boolean
}

export function rate(numerator: number, denominator: number): Rate {
  const interval = wilson({ numerator, denominator })
  return {
    numerator,
    denominator,
    rate: interval === null ? null : numerator / denominator,
    low: interval === null ? null : interval.low,
    high: interval === null ? null : interval.high,
    too_few: denominator < FEW,
  }
}

/** Those who reached a stage and not the next required one: a count and a share, null where nobody reached it. */
export function dropOff(reached: number, next: number): { count: number; rate: number | null } {
  const count = reached - next
  return { count, rate: reached === 0 ? null : count / reached }
}
