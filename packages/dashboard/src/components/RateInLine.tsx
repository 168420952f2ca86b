import type { RateAnswer } from '@weir/contract'
import { count } from '../text/count.ts'
import { interval, percent } from '../text/percent.ts'

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
