import type { RateAnswer } from '@weir/contract'

/** A quiet word beside a rate of fewer than 30. */
export function TooFew({ rate }: { rate: RateAnswer }) {
  if (!rate.too_few || rate.denominator === 0) return null
  return <p class="too-few">Out of fewer than 30: the interval says more than the rate.</p>
}
