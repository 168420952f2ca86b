import type { CompareAnswer, FunnelAnswer } from '@weir/contract'
import { spanText } from '../../days/bucketText.ts'
import { windowMs } from '../../text/windowMs.ts'
import { windowText } from '../../text/windowText.ts'
import { Difference } from '../rates/Difference.tsx'
import { RateInLine } from '../rates/RateInLine.tsx'

/** What the headline was in the other range, and whether those who still have time make the difference. */
export function ComparedNote(props: { answer: FunnelAnswer; compare: CompareAnswer }) {
  const { compare, answer } = props
  const { window, to, time_zone } = answer.question
  const then = compare.conversion.rates.funnel
  const name = spanText(compare, time_zone)
  if (then?.rate == null)
    return (
      <section class="aside" aria-label="Compared">
        <p>Nobody entered in {name}: there is nothing to compare with.</p>
      </section>
    )
  const closed = compare.mature
  const open = Date.parse(to) + windowMs(window) > Date.parse(answer.as_of)
  return (
    <section class="aside" aria-label="Compared">
      <p>
        Of those who entered in {name} this share converted. Below it, by how much this range
        differs.
      </p>
      <dl>
        <div>
          <dt>Of all entries</dt>
          <dd>
            <RateInLine rate={then} />
            <Difference difference={compare.differences.at(-1)?.funnel} full />
          </dd>
        </div>
        {closed && (
          <div>
            <dt>Of entries whose {windowText(window)} are over</dt>
            <dd>
              <RateInLine rate={closed.stages.at(-1)?.rates.funnel ?? null} />
              <Difference difference={closed.differences.at(-1)?.funnel} full />
            </dd>
          </div>
        )}
      </dl>
      {compare.explained && <p>{compare.explained.sentence}</p>}
      {open && (
        <p>
          {closed
            ? `Who entered lately still has time to convert: the difference of those whose ${windowText(window)} are over is the fair one.`
            : `Nobody who entered now has had the whole ${windowText(window)} yet: the rate may still rise, and the difference with it.`}
        </p>
      )}
    </section>
  )
}
