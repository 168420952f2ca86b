import { count, interval, percent } from '@weir/client/text'
import type { RateAnswer } from '@weir/contract'

/** A rate as it is read out, with what was divided by what. */
export const rateText = (rate: RateAnswer | null): string =>
  rate === null || rate.rate === null
    ? 'nobody to divide by'
    : `${percent(rate.rate)}, ${count(rate.numerator)} of ${count(rate.denominator)}, 95 % interval ${interval(rate.low, rate.high)}`
