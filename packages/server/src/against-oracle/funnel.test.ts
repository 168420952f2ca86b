import type { FunnelAnswer } from '@weir/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { anyQuestion } from './any-question.fixture.ts'
import { expectedFunnel } from './expected-funnel.fixture.ts'
import { inOneSequence } from './in-one-sequence.fixture.ts'
import { SEED, type ShopSites, siteIn, startShopSites } from './shop-sites.fixture.ts'

let shops: ShopSites
beforeAll(async () => {
  shops = await startShopSites()
})
afterAll(() => shops.weir.stop())

it(`POST /v1/query/funnel counts what the oracle counts (seed ${SEED})`, async () => {
  let converted = 0
  await fc.assert(
    fc.asyncProperty(anyQuestion, fc.nat({ max: 1 }), async (asked, site) => {
      const own = siteIn(shops, site)
      const { question, ...answer } = await own.query<FunnelAnswer>(
        '/v1/query/funnel',
        asked.question,
      )
      converted += answer.conversion.count
      expect(inOneSequence(answer)).toEqual(
        inOneSequence(expectedFunnel(asked, own.events, shops.clock.now)),
      )
    }),
    { numRuns: howLong(25), seed: SEED },
  )
  expect(converted).toBeGreaterThan(20)
})
