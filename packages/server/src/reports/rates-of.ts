import type { AskedQuestion, RateAnswer, RatesAnswer } from '@weir/contract'
import { rate, type Tally } from '@weir/timeline'
import { targetText } from './rate-definitions.ts'

/** What the rates of one funnel, row or range are made of. */
export interface Counts {
  tally: Tally
  /** Per stage, the tally of the funnel from the target action to it. */
  targets: (Tally | null)[]
  site_visitors: number
}

/** The place of the nearest earlier stage that is not optional; null for the first stage. */
export function previousOf(asked: AskedQuestion, place: number): number | null {
  const previous = asked.stages.findLastIndex(({ optional }, at) => at < place && !optional)
  return previous === -1 ? null : previous
}

/** The rates of the stage at `place`, by every definition that applies. */
export function ratesOf(asked: AskedQuestion, counts: Counts, place: number): RatesAnswer {
  const { tally, site_visitors } = counts
  const countAt = (stage: number) => tally.stages[stage]?.count ?? 0
  const previous = previousOf(asked, place)
  const target = counts.targets[place]
  return {
    funnel: rate(countAt(place), countAt(0)),
    previous_stage:
      previous === null
        ? null
        : { ...rate(countAt(place), countAt(previous)), causally_comparable: false },
    target_action: target ? rate(target.stages[1]?.count ?? 0, target.stages[0]?.count ?? 0) : null,
    of_site: rate(countAt(place), site_visitors),
  }
}

/** The same rates, each with the sentence that says what was divided by what. */
export function explained(asked: AskedQuestion, rates: RatesAnswer, place: number): RatesAnswer {
  const nameAt = (stage: number | null) => asked.stages[stage ?? 0]?.name ?? ''
  const { window, order } = asked
  const any = order === 'any_order'
  // In any order a count is of so many stages filled, whichever.
  const filled = (stage: number) => `filled ${counted(stage, 'stage')}`
  const reached = any ? filled(place + 1) : `reached ${nameAt(place)}`
  const previous = previousOf(asked, place)
  const them = asked.unit === 'visitor' ? 'visitors who' : 'visits that'
  const target = asked.target ? targetText(asked.target.events) : ''
  return {
    funnel: said(
      rates.funnel,
      any
        ? `${them} filled any stage ${reached}, in any order within ${window}`
        : `${them} entered at ${nameAt(0)} ${reached} within ${window}`,
    ),
    previous_stage: said(
      rates.previous_stage,
      any
        ? `${them} ${filled(place)} went on to ${place + 1}`
        : `${them} reached ${nameAt(previous)} went on to ${nameAt(place)}`,
    ),
    target_action: said(
      rates.target_action,
      `${them} did ${target} then reached ${nameAt(place)} within ${window}`,
    ),
    of_site: said(rates.of_site, `${asked.unit}s with any event in the range ${reached}`),
  }
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

function said(rate: RateAnswer | null, rest: string): RateAnswer | null {
  if (rate === null) return null
  const number = (value: number) => value.toLocaleString('en-US')
  return { ...rate, sentence: `${number(rate.numerator)} of ${number(rate.denominator)} ${rest}.` }
}
