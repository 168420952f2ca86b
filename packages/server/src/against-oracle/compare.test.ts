import type { ExplainedChange, FunnelAnswer } from '@weir/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { anyQuestion, anyRange } from './any-question.fixture.ts'
import { expectedChange } from './expected-change.fixture.ts'
import { expectedCompare } from './expected-compare.fixture.ts'
import { expectedFunnel } from './expected-funnel.fixture.ts'
import { inOneSequence } from './in-one-sequence.fixture.ts'
import { addressOf, anyExtras, saveQuestion, shownOf } from './saved-question.fixture.ts'
import { SEED, type ShopSites, siteIn, startShopSites } from './shop-sites.fixture.ts'

let shops: ShopSites
beforeAll(async () => {
  shops = await startShopSites()
})
afterAll(() => shops.weir.stop())

const seen = { explained: 0, rows: 0, others: 0 }

it(`a comparison is what the oracle counts of both ranges (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      anyQuestion,
      anyExtras,
      fc.option(anyRange()),
      fc.nat({ max: 1 }),
      async (asked, extras, given, number) => {
        const site = siteIn(shops, number)
        const { query, shown } = shownOf(asked, extras)
        const saved = await saveQuestion(site, 'any', asked, extras.overrides)
        const compare = given ? `${given.text.from}..${given.text.to}` : 'previous'
        const { from, to } = asked.range
        const other = given?.ms ?? { from: 2 * from - to, to: from }
        const address = addressOf('/v1/rates', { ...saved, ...query, compare })
        const { question: _, compare: told, ...answer } = await site.ask<FunnelAnswer>(address)
        const { now } = shops.clock
        expect(inOneSequence(answer)).toEqual(
          inOneSequence(expectedFunnel(asked, site.events, now, shown)),
        )
        const { explained = null, ...compared } = told ?? {}
        expect(inOneSequence(compared)).toEqual(
          inOneSequence(expectedCompare(asked, other, site.events, now, shown)),
        )
        const isOfFunnel = (shown.only ?? 'funnel') === 'funnel'
        const change = expectedChange(asked, other, site.events, shown.stage)
        checkChange(explained, isOfFunnel ? change : null)
      },
    ),
    { numRuns: howLong(15), seed: SEED },
  )
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
})

/** Which of several as large parts goes first is nobody's promise. */
function checkChange(
  explained: ExplainedChange | null,
  expected: ReturnType<typeof expectedChange>,
): void {
  if (explained === null || expected === null) {
    expect(explained).toBe(expected)
    return
  }
  seen.explained++
  const { difference, by_stage, by_value, other } = explained
  expect(difference).toEqual(expected.difference)
  expect(by_stage.toSorted((a, b) => a.stage - b.stage)).toEqual(expected.by_stage)
  expect(by_stage.map(sizeOf)).toEqual(by_stage.map(sizeOf).toSorted((a, b) => b - a))
  if (by_value === null) {
    expect(expected.by_value).toBeNull()
    return
  }
  const left = new Map(expected.by_value)
  for (const { value, ...row } of by_value) {
    expect(row).toEqual(left.get(value)?.shown)
    left.delete(value)
  }
  const largest = Math.max(0, ...[...left.values()].map(sizeOf))
  expect(largest).toBeLessThan(Math.min(...by_value.map(sizeOf)) + 1e-9)
  const rest = [...left.values()].reduce((sum, { contribution }) => sum + contribution, 0)
  if (left.size > 0) expect(other?.contribution).toBeCloseTo(rest, 9)
  else expect(other).toBeNull()
  seen.rows += by_value.length
  seen.others += left.size
}

const sizeOf = ({ contribution }: { contribution: number }) => Math.abs(contribution)
