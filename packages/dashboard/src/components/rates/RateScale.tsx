import { percent } from '@weir/client/text'
import type { RateAnswer } from '@weir/contract'

/** A rate as a point on its interval, on a scale from 0; below it, paler, the one whose window has closed. */
export function RateScale(props: { rate: RateAnswer; closed: RateAnswer | null; end: number }) {
  const at = (share: number | null) => `${Math.min(1, (share ?? 0) / props.end) * 100}%`
  const length = ({ low, high }: RateAnswer) =>
    `${(Math.max(0, (high ?? 0) - (low ?? 0)) / props.end) * 100}%`
  return (
    <>
      <svg class="rate-scale" aria-hidden="true">
        <line class="ground" x1="0" x2="100%" y1="11" y2="11" />
        {props.rate.rate !== null && (
          <>
            <rect
              class="range-of"
              x={at(props.rate.low)}
              width={length(props.rate)}
              y="7"
              height="8"
              rx="4"
            />
            <circle class="point" cx={at(props.rate.rate)} cy="11" r="5" />
          </>
        )}
        {props.closed?.rate != null && (
          <>
            <rect
              class="range-of-closed"
              x={at(props.closed.low)}
              width={length(props.closed)}
              y="24"
              height="4"
              rx="2"
            />
            <circle class="point-closed" cx={at(props.closed.rate)} cy="26" r="3.5" />
          </>
        )}
      </svg>
      <span class="scale-ends" aria-hidden="true">
        <span>0</span>
        <span>{percent(props.end).replace('.0', '')}</span>
      </span>
    </>
  )
}
