import type { Interval } from '@weir/contract'
import type { AnyQuestion } from './any-question.fixture.ts'
import { expectedPart, plainCounts, type Shown } from './expected-part.fixture.ts'
import { plainBuckets } from './plain-buckets.fixture.ts'
import type { SentEvent } from './shop-sites.fixture.ts'

/** For tests: the `points` of an answer. */
export const expectedPoints = (
  asked: AnyQuestion,
  interval: Interval,
  events: readonly SentEvent[],
  as_of: number,
  shown: Shown = {},
) =>
  plainBuckets(asked.range, interval).map((bucket) => ({
    from: new Date(bucket.from).toISOString(),
    to: new Date(bucket.to).toISOString(),
    mature: bucket.to + asked.funnel.window_ms <= as_of,
    ...expectedPart(asked, plainCounts(asked, events, bucket), shown),
  }))
