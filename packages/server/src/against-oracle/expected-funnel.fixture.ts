import type { Range } from '@weir/timeline'
import type { AnyQuestion } from './any-question.fixture.ts'
import {
  expectedPart,
  type PlainCounts,
  plainCounts,
  ratesOf,
  type Shown,
} from './expected-part.fixture.ts'
import type { SentEvent } from './shop-sites.fixture.ts'

/** For tests: the answer to a funnel question, but for `question`. */
export function expectedFunnel(
  asked: AnyQuestion,
  events: readonly SentEvent[],
  as_of: number,
  shown: Shown = {},
) {
  const counts = plainCounts(asked, events)
  return {
    as_of: new Date(as_of).toISOString(),
    site_visitors: counts.tally.site_visitors,
    cookieless_events: counts.tally.cookieless_events,
    ...expectedPart(asked, counts, { sentences: true, ...shown }),
    mature: expectedMature(asked, events, as_of, shown),
  }
}

/** Of a range the part in which nobody has time left; itself where that is all, null where it is nothing. */
export function maturePart({ funnel }: AnyQuestion, range: Range, as_of: number): Range | null {
  const to = Math.min(range.to, as_of - funnel.window_ms)
  return to > range.from ? { from: range.from, to } : null
}

function expectedMature(
  asked: AnyQuestion,
  events: readonly SentEvent[],
  as_of: number,
  shown: Shown,
) {
  const range = maturePart(asked, asked.range, as_of)
  if (!range || range.to === asked.range.to) return null
  const counts = plainCounts(asked, events, range)
  const measured = (shown.stage ?? asked.funnel.stages.length) - 1
  return {
    until: new Date(range.to).toISOString(),
    stages: matureStages(asked, counts, shown),
    rates: ratesOf(asked.funnel, rowOf(counts), measured, { ...shown, sentences: true }),
  }
}

export const matureStages = (asked: AnyQuestion, counts: PlainCounts, shown: Shown) =>
  counts.tally.stages.map(({ count }, place) => ({
    ...{ stage: place + 1, name: `stage ${place + 1}`, count },
    rates: ratesOf(asked.funnel, rowOf(counts), place, { ...shown, sentences: false }),
  }))

const rowOf = ({ tally, targets }: PlainCounts) => ({
  ...{ tally, targets },
  site_visitors: tally.site_visitors,
})
