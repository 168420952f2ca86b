import { count, interval, percent } from '@weir/client/text'
import type { DifferenceAnswer, RateAnswer } from '@weir/contract'
import { Difference } from './Difference.tsx'
import { RateInLine } from './RateInLine.tsx'
import { RateScale } from './RateScale.tsx'
import { TooFew } from './TooFew.tsx'

/** One definition: its rate, drawn and written, and the sentence that says what it divides. */
export function RateRow(props: {
  /** The word that the API has for it. */
  code: string
  title: string
  rate: RateAnswer | null
  /** The same of those whose window has closed. */
  closed: RateAnswer | null
  /** How both differ from those of the range compared with. */
  difference: DifferenceAnswer | null | undefined
  closedDifference: DifferenceAnswer | null | undefined
  /** Where the scale ends. */
  end: number
  /** Why there may be no such rate. */
  without: string
  /** What the answer says of the definition as such. */
  definition: string | null
}) {
  const { rate, closed, end } = props
  return (
    <li class="rate-row">
      <h3>
        {props.title} <code>{props.code}</code>
      </h3>
      {rate ? (
        <>
          <p class="rate">
            <b>{percent(rate.rate)}</b>
            {rate.rate !== null && <span class="interval">{interval(rate.low, rate.high)}</span>}
            <span class="quotient">
              {count(rate.numerator)} / {count(rate.denominator)}
            </span>
            <Difference difference={props.difference} />
          </p>
          <div class="rate-drawn">
            <RateScale rate={rate} closed={closed} end={end} />
          </div>
          <div class="rate-words">
            <p>{rate.sentence ?? props.definition}</p>
            <TooFew rate={rate} />
            {closed && closed.rate !== null && (
              <p class="closed">
                Window closed: <RateInLine rate={closed} difference={props.closedDifference} />
              </p>
            )}
          </div>
        </>
      ) : (
        <p class="rate-words none">{props.without}</p>
      )}
    </li>
  )
}
