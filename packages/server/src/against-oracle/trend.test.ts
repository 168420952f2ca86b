import type { TrendAnswer } from '@weir/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { anyQuestion } from './any-question.fixture.ts'
import { expectedPoints } from './expected-points.fixture.ts'
import { inOneSequence } from './in-one-sequence.fixture.ts'
import { HOUR_MS } from './shop-history.fixture.ts'
import { SEED, type ShopSites, siteIn, startShopSites } from './shop-sites.fixture.ts'

let shops: ShopSites
beforeAll(async () => {
  shops = await startShopSites()
})
afterAll(() => shops.weir.stop())

const anyTrend = fc
  .tuple(
    anyQuestion,
    fc.constantFrom(
      'hour' as const,
      'day' as const,
      'day' as const,
      'week' as const,
      'month' as const,
    ),
  )
  // The oracle takes its time for every hour.
  .filter(([{ range }, interval]) => interval !== 'hour' || range.to - range.from <= 27 * HOUR_MS)

it(`the points of POST /v1/query/trend are what the oracle counts of each bucket (seed ${SEED})`, async () => {
  let points = 0
  await fc.assert(
    fc.asyncProperty(anyTrend, fc.nat({ max: 1 }), async ([asked, interval], site) => {
      const own = siteIn(shops, site)
      const { question, as_of, ...answer } = await own.query<TrendAnswer>('/v1/query/trend', {
        ...asked.question,
        interval,
      })
      points += answer.points.length
      expect(inOneSequence(answer)).toEqual(
        inOneSequence({ points: expectedPoints(asked, interval, own.events, shops.clock.now) }),
      )
    }),
    { numRuns: howLong(15), seed: SEED },
  )
  expect(points).toBeGreaterThan(30)
})
