import { points } from '@weir/client/text'
import type { DifferenceAnswer } from '@weir/contract'
import { chanceText } from '../../text/chanceText.ts'

/** By how much a rate differs from the other range's, in points, and whether that may be chance. */
export function Difference(props: {
  difference: DifferenceAnswer | null | undefined
  /** With the interval that says so. */
  full?: boolean
}) {
  if (!props.difference) return null
  const { difference, low, high } = props.difference
  const chance = chanceText({ low, high })
  const way = chance === 'may be chance' ? 'even' : difference > 0 ? 'up' : 'down'
  return (
    <span class={`difference ${way}`}>
      <b>{points(difference)} points</b>
      {props.full && (
        <span>
          {points(low)} to {points(high)}
        </span>
      )}
      {difference !== 0 && <span>{chance}</span>}
    </span>
  )
}
