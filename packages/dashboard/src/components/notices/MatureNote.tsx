import type { FunnelAnswer, MatureAnswer } from '@weir/contract'
import { instantText } from '../../days/dayText.ts'
import { windowText } from '../../text/windowText.ts'
import { RateInLine } from '../rates/RateInLine.tsx'

/** Says which entries are too young to have failed, and that the headline counts them. */
export function MatureNote(props: { answer: FunnelAnswer; mature: MatureAnswer }) {
  const { time_zone, window } = props.answer.question
  const { funnel, of_site, previous_stage, target_action } = props.mature.rates
  const differences = props.answer.compare?.mature?.differences.at(-1)
  const shown = [
    ['Of entries', 'funnel', funnel],
    ['Of the stage before', 'previous_stage', previous_stage],
    ['Of the target action', 'target_action', target_action],
    ['Of all traffic', 'of_site', of_site],
  ] as const
  // Nobody entered before: there is nothing to show, and a low rate says little yet.
  if (funnel?.denominator === 0)
    return (
      <section class="aside" aria-label="Entries whose window is open">
        <p>
          Everybody who entered still has time to convert: nobody has had the whole{' '}
          {windowText(window)} yet, and a low rate says little.
        </p>
      </section>
    )
  return (
    <section class="aside" aria-label="Entries whose window has closed">
      <p>
        The headline counts every entry of the range. Who entered after{' '}
        {instantText(props.mature.until, time_zone)} still has time to convert. Those who entered
        before have had their whole {windowText(window)}, and converted at these rates:
      </p>
      <dl>
        {shown.map(
          ([name, definition, rate]) =>
            rate && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <RateInLine rate={rate} difference={differences?.[definition]} />
                </dd>
              </div>
            ),
        )}
      </dl>
    </section>
  )
}
