import type { ExplainAnswer, FunnelQuestion, StopReason } from '@weir/contract'
import type { Funnel } from '@weir/timeline'
import { historyOf, matchUnit, oracleMembers, seenEvents, unitsOf } from '@weir/timeline/oracle'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { type AnyQuestion, anyQuestion } from './any-question.fixture.ts'
import { addressOf, saveQuestion } from './saved-question.fixture.ts'
import { HOUR_MS } from './shop-history.fixture.ts'
import {
  SEED,
  type SentEvent,
  type ShopSites,
  siteIn,
  startShopSites,
} from './shop-sites.fixture.ts'

let shops: ShopSites
beforeAll(async () => {
  shops = await startShopSites()
})
afterAll(() => shops.weir.stop())

it(`explains what the oracle matches, by either address (seed ${SEED})`, async () => {
  const seen = new Map<StopReason | 'converted' | 'several', number>()
  await fc.assert(
    fc.asyncProperty(anyQuestion, fc.nat(), fc.nat({ max: 1 }), async (asked, chosen, number) => {
      const site = siteIn(shops, number)
      // Mostly who got somewhere.
      const all = [
        ...oracleMembers(asked.funnel, asked.range, site.events).filter(
          ({ furthest }) => furthest > 1,
        ),
        ...(chosen % 3 === 0 ? site.events : []),
      ]
      const visitors = [
        ...new Set((all.length > 0 ? all : site.events).map(({ visitor }) => visitor)),
      ]
      const visitor_id = visitors[chosen % visitors.length] ?? ''
      const own = site.events.filter(({ visitor }) => visitor === visitor_id)
      const told = await site.query<ExplainAnswer>('/v1/query/explain', {
        ...withoutBreakdown(asked.question),
        visitor_id,
      })
      check(asked, own, told)
      const isFor = told.stopped?.reason ?? 'converted'
      const reason = told.stopped?.besides.length ? 'several' : isFor
      seen.set(reason, 1 + (seen.get(reason) ?? 0))

      const { breakdown, attribution, limit, target, ...saved } = await saveQuestion(
        site,
        'any',
        asked,
        false,
      )
      const got = await site.ask<ExplainAnswer>(
        addressOf(`/v1/visitors/${visitor_id}/explain`, saved),
      )
      expect({ ...got, question: null }).toEqual({ ...told, question: null })
    }),
    { numRuns: howLong(35), seed: SEED },
  )
  expect(seen.get('converted')).toBeGreaterThan(2)
  expect(seen.get('several')).toBeGreaterThan(0)
  expect(seen.size).toBeGreaterThan(3)
})

const withoutBreakdown = ({ breakdown: _, ...question }: FunnelQuestion) => question

function check(asked: AnyQuestion, own: readonly SentEvent[], told: ExplainAnswer): void {
  const { funnel, range } = asked
  const history = historyOf(own)
  const matches = unitsOf(funnel, own).map((unit) => ({ unit, ...matchUnit(funnel, range, unit) }))
  const furthest = Math.max(0, ...matches.map((match) => match.furthest))
  expect([told.furthest, told.converted, told.stopped === null]).toEqual([
    furthest,
    ...Array(2).fill(furthest === funnel.stages.length),
  ])
  if (furthest === 0) {
    for (const { chain } of told.stages) expect(chain).toEqual([])
    return
  }
  // Of visits the first that got furthest.
  const match = matches.find((one) => one.furthest === furthest)
  const timesOf = (chain: readonly number[]) =>
    chain.map((place) => new Date(history[place]?.at ?? Number.NaN).toISOString())
  expect(told.stages.map(({ chain }) => chain.map(({ at }) => at))).toEqual(
    match?.chains.map((chain) => timesOf(chain ?? [])),
  )
  const seen = new Set(seenEvents(funnel, history).map(({ position }) => position))
  const shown = history
    .filter(({ at }) => at >= range.from && at < range.to + funnel.window_ms)
    .map(({ name, at, position }) => ({
      name,
      at: new Date(at).toISOString(),
      seen: seen.has(position),
      fills: match?.fills.flatMap((some, place) => (some.includes(position) ? [place + 1] : [])),
    }))
  const stopped_by = told.stopped?.event?.id
  const isShown = ({ id, at }: { id: string; at: string }) =>
    id !== stopped_by || shown.some((one) => one.at === at)
  expect(
    told.events
      .filter(isShown)
      .map(({ name, at, seen, fills }) => ({ name, at, seen, fills }))
      .sort(inOrder),
  ).toEqual(shown.sort(inOrder))
  expect(told.events_left_out).toBe(0)
  const places = told.events.flatMap(({ in_chain }) => in_chain ?? [])
  expect(places.toSorted()).toEqual((match?.chains[furthest - 1] ?? []).map((_, at) => at + 1))
  checkReason(funnel, told, own, asked)
}

/** A reason is one if the chain goes further without it; where there are several, without all of them and not with any. */
function checkReason(
  funnel: Funnel,
  { stopped, furthest }: ExplainAnswer,
  own: readonly SentEvent[],
  { range }: AnyQuestion,
): void {
  // Time forbids it; and without some rules another visit would be explained.
  if (!stopped || stopped.reason === 'not_mature' || funnel.unit === 'visit') return
  const rules: Partial<Record<StopReason, Partial<Funnel>>> = {
    exclusion: { exclusions: [] },
    hold: { hold: null },
    window: { window_ms: 400 * 24 * HOUR_MS },
    filter: {
      ...{ filters: [], bots: true, cookieless: true },
      // In any order every stage may be the one that lacks.
      stages: funnel.stages.map((stage, place) =>
        funnel.order === 'any_order' || place + 1 === stopped.stage
          ? { ...stage, filters: [] }
          : stage,
      ),
    },
    ...(funnel.order === 'strict' ? { order: { order: 'ordered' } } : {}),
  }
  const goesOnWithout = (reasons: readonly StopReason[]) => {
    const without: Funnel = Object.assign({}, funnel, ...reasons.map((reason) => rules[reason]))
    return matchUnit(without, range, historyOf(own)).furthest > furthest
  }
  const all: StopReason[] = ['order', 'exclusion', 'hold', 'filter', 'window']
  const told = [stopped, ...stopped.besides].map(({ reason }) => reason)
  const said = JSON.stringify(told)
  if (!goesOnWithout(all)) {
    expect(['["never"]', '["order"]']).toContain(said)
    return
  }
  expect(goesOnWithout(told), said).toBe(true)
  if (told.length === 1) return
  for (const one of told)
    expect(goesOnWithout(told.filter((other) => other !== one)), said).toBe(false)
  for (const one of all) expect(goesOnWithout([one]), said).toBe(false)
}

const inOrder = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
