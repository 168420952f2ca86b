import { count, interval, percent } from '@weir/client/text'
import type { DifferenceAnswer, RateAnswer } from '@weir/contract'
import { Difference } from './Difference.tsx'

/** A rate with its interval, what was divided by what, and how it differs, in one breath. */
export function RateInLine(props: {
  rate: RateAnswer | null
  difference?: DifferenceAnswer | null | undefined
}) {
  const { rate, difference } = props
  if (!rate) return <span class="none">–</span>
  return (
    <span class="rate-in-line">
      <b>{percent(rate.rate)}</b>
      {rate.rate !== null && <span class="interval">{interval(rate.low, rate.high)}</span>}
      <span class="quotient">
        {count(rate.numerator)} / {count(rate.denominator)}
      </span>
      <Difference difference={difference} />
    </span>
  )
}
