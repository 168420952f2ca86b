import { durationMs, type FunnelAnswer, type RateAnswer, type ShareAnswer } from '@weir/contract'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { type AnyQuestion, anyQuestion } from './any-question.fixture.ts'
import { addressOf, saveQuestion } from './saved-question.fixture.ts'
import {
  SEED,
  type ShopSite,
  type ShopSites,
  siteIn,
  startShopSites,
} from './shop-sites.fixture.ts'

let shops: ShopSites
beforeAll(async () => {
  shops = await startShopSites()
})
afterAll(() => shops.weir.stop())

const anyCase = fc.tuple(anyQuestion, fc.nat({ max: 1 }))

/** Asks for a question by the name that its funnel was saved under. */
async function addressFor(site: ShopSite, asked: AnyQuestion, more: Record<string, string>) {
  const { bots, cookieless, ...saved } = await saveQuestion(site, 'any', asked, false)
  return addressOf('/v1/rates', {
    ...saved,
    bots: bots ?? [],
    cookieless: cookieless ?? [],
    ...more,
  })
}

it(`a funnel that is asked by its name is the one that is asked in full (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async ([asked, number]) => {
      const site = siteIn(shops, number)
      const named = await site.ask<FunnelAnswer>(await addressFor(site, asked, {}))
      const { bots, cookieless, from, to, target, breakdown } = asked.question
      const posted = await site.query<FunnelAnswer>('/v1/query/funnel', {
        ...{ funnel: 'any', bots, cookieless, from, to, target, breakdown },
      })
      const full = await site.query<FunnelAnswer>('/v1/query/funnel', asked.question)
      const plain = ({ question, ...answer }: FunnelAnswer) => ({
        ...answer,
        question: { ...question, funnel: null, funnel_version: null },
      })
      expect(plain(named)).toEqual(plain(full))
      expect(plain(posted)).toEqual(plain(full))
    }),
    { numRuns: howLong(8), seed: SEED },
  )
})

it(`CSV has the numbers of the JSON, and a share link those of the key (seed ${SEED})`, async () => {
  let lines = 0
  await fc.assert(
    fc.asyncProperty(anyCase, async ([asked, number]) => {
      const site = siteIn(shops, number)
      const address = await addressFor(site, asked, { interval: 'day', compare: 'previous' })
      const answer = await site.ask<FunnelAnswer>(address)
      const csv = await (await site.get(address, { accept: 'text/csv' })).text()
      const rows: Record<string, string>[] = parse(csv, { columns: true })
      expect(rows).toEqual(linesOf(answer))
      lines += rows.length

      const shared = await site.post('/v1/shares', { path: `${address}&format=csv`, expires: '1d' })
      const { url }: ShareAnswer = JSON.parse(await shared.text())
      const { pathname, search } = new URL(url)
      expect(await (await fetch(shops.weir.url + pathname + search)).text()).toBe(csv)
    }),
    { numRuns: howLong(8), seed: SEED },
  )
  expect(lines).toBeGreaterThan(30)
})

type Stages = FunnelAnswer['stages']

/** The rows that a table of the answer has. */
function linesOf({ question, as_of, points, compare }: FunnelAnswer): Record<string, string>[] {
  const isMature = (to: string) =>
    Date.parse(to) + (durationMs(question.window) ?? Number.NaN) <= Date.parse(as_of)
  const lineOf = (own: Record<string, string> & { to: string }, stages: Stages) =>
    stages.map(({ stage, name, count, rates }) => ({
      ...own,
      ...{ stage: String(stage), name, count: String(count) },
      ...rateCells('funnel', rates.funnel),
      ...rateCells('previous_stage', rates.previous_stage),
      ...rateCells('target_action', rates.target_action),
      ...rateCells('of_site', rates.of_site),
      mature: String(isMature(own.to)),
    }))
  const all = question.breakdown ? { value: '(all)', value_is: 'all' } : {}
  return [
    ...(points ?? []).flatMap(({ from, to, stages, breakdown, other }) => {
      if (!breakdown) return lineOf({ from, to }, stages)
      const unset = { value: '(unset)', value_is: 'unset' }
      return [
        ...breakdown.flatMap(({ value, stages }) =>
          lineOf({ from, to, ...(value === null ? unset : { value, value_is: 'value' }) }, stages),
        ),
        ...(other ? lineOf({ from, to, value: '(other)', value_is: 'other' }, other.stages) : []),
      ]
    }),
    ...(compare ? lineOf({ from: compare.from, to: compare.to, ...all }, compare.stages) : []),
  ]
}

function rateCells(name: string, rate: RateAnswer | null): Record<string, string> {
  const parts = ['numerator', 'denominator', 'rate', 'low', 'high'] as const
  return Object.fromEntries(parts.map((part) => [`${name}_${part}`, String(rate?.[part] ?? '')]))
}
