import type { Range } from '@weir/timeline'
import type { AnyQuestion } from './any-question.fixture.ts'
import { maturePart, matureStages } from './expected-funnel.fixture.ts'
import {
  type Definition,
  expectedPart,
  type PlainCounts,
  plainCounts,
  type Shown,
} from './expected-part.fixture.ts'
import { differenceOf, type PlainRate } from './plain-arithmetic.fixture.ts'
import type { SentEvent } from './shop-sites.fixture.ts'

/** For tests: `compare` of an answer, but for `explained`. */
export function expectedCompare(
  asked: AnyQuestion,
  other: Range,
  events: readonly SentEvent[],
  as_of: number,
  shown: Shown,
) {
  const [now, then] = [plainCounts(asked, events), plainCounts(asked, events, other)]
  const whole = { ...asked, funnel: { ...asked.funnel, breakdown: null } }
  const { stages, conversion } = expectedPart(whole, then, shown)
  return {
    from: new Date(other.from).toISOString(),
    to: new Date(other.to).toISOString(),
    site_visitors: then.tally.site_visitors,
    ...{ stages, conversion },
    differences: differencesOf(now, then, shown.only),
    mature: matureOf(asked, other, events, as_of, shown),
  }
}

function matureOf(
  asked: AnyQuestion,
  other: Range,
  events: readonly SentEvent[],
  as_of: number,
  shown: Shown,
) {
  const now = maturePart(asked, asked.range, as_of)
  const then = maturePart(asked, other, as_of)
  if (!now || !then) return null
  if (now.to === asked.range.to && then.to === other.to) return null
  const [own, others] = [plainCounts(asked, events, now), plainCounts(asked, events, then)]
  return {
    until: new Date(now.to).toISOString(),
    compare_until: new Date(then.to).toISOString(),
    stages: matureStages(asked, others, shown),
    differences: differencesOf(own, others, shown.only),
  }
}

function differencesOf(now: PlainCounts, then: PlainCounts, only: Definition | undefined) {
  return now.tally.stages.map((_, place) => {
    const [own, others] = [ratiosOf(now, place), ratiosOf(then, place)]
    const less = (name: keyof typeof own) => {
      const [a, b] = [own[name], others[name]]
      const isShown = name === 'of_site' || only === undefined || only === name
      return a && b && isShown ? differenceOf(a, b) : null
    }
    return {
      ...{ stage: place + 1, name: `stage ${place + 1}` },
      funnel: less('funnel'),
      previous_stage: less('previous_stage'),
      target_action: less('target_action'),
      of_site: less('of_site'),
    }
  })
}

function ratiosOf({ tally, targets, optional }: PlainCounts, place: number) {
  const ratio = (numerator = 0, denominator = 0): PlainRate => ({ numerator, denominator })
  const countAt = (at: number) => tally.stages[at]?.count
  const previous = optional.findLastIndex((one, at) => at < place && !one)
  const target = targets[place]?.stages
  return {
    funnel: ratio(countAt(place), countAt(0)),
    previous_stage: place === 0 ? null : ratio(countAt(place), countAt(previous)),
    target_action: target ? ratio(target[1]?.count, target[0]?.count) : null,
    of_site: ratio(countAt(place), tally.site_visitors),
  }
}
