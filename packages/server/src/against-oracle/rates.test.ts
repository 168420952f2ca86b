import type { FunnelAnswer } from '@weir/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { anyQuestion } from './any-question.fixture.ts'
import { expectedFunnel } from './expected-funnel.fixture.ts'
import { expectedPoints } from './expected-points.fixture.ts'
import { inOneSequence } from './in-one-sequence.fixture.ts'
import { addressOf, anyExtras, saveQuestion, shownOf } from './saved-question.fixture.ts'
import { SEED, type ShopSites, siteIn, startShopSites } from './shop-sites.fixture.ts'

let shops: ShopSites
beforeAll(async () => {
  shops = await startShopSites()
})
afterAll(() => shops.weir.stop())

const anyInterval = fc.option(fc.constantFrom('day' as const, 'week' as const))

it(`GET /v1/rates says of a saved funnel what the oracle counts (seed ${SEED})`, async () => {
  const seen = { converted: 0, points: 0 }
  await fc.assert(
    fc.asyncProperty(
      anyQuestion,
      anyExtras,
      anyInterval,
      fc.nat({ max: 1 }),
      async (asked, extras, interval, number) => {
        const site = siteIn(shops, number)
        const { query, shown } = shownOf(asked, extras)
        const saved = await saveQuestion(site, 'any', asked, extras.overrides)
        const address = addressOf('/v1/rates', {
          ...{ ...saved, ...query },
          ...(interval ? { interval } : {}),
        })
        const { question, points, ...answer } = await site.ask<FunnelAnswer>(address)
        expect(question).toMatchObject({ funnel: 'any', stage: shown.stage })
        const { now } = shops.clock
        expect(inOneSequence(answer)).toEqual(
          inOneSequence(expectedFunnel(asked, site.events, now, shown)),
        )
        const expected = interval && expectedPoints(asked, interval, site.events, now, shown)
        expect(inOneSequence(points ?? null)).toEqual(inOneSequence(expected))
        seen.converted += answer.conversion.count
        seen.points += points?.length ?? 0
      },
    ),
    { numRuns: howLong(15), seed: SEED },
  )
  expect(seen.converted).toBeGreaterThan(10)
  expect(seen.points).toBeGreaterThan(10)
})
