import { count, interval, percent } from '@weir/client/text'
import type { RateAnswer } from '@weir/contract'

/** A rate with its interval, and what was divided by what, in one breath. */
export function RateInLine({ rate }: { rate: RateAnswer | null }) {
  if (!rate) return <span class="none">–</span>
  return (
    <span class="rate-in-line">
      <b>{percent(rate.rate)}</b>
      {rate.rate !== null && <span class="interval">{interval(rate.low, rate.high)}</span>}
      <span class="quotient">
        {count(rate.numerator)} / {count(rate.denominator)}
      </span>
    </span>
  )
}
