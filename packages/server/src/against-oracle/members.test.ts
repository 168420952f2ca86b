import type { MemberAnswer, MembersAnswer, MembersQuestion } from '@weir/contract'
import { oracleMembers, type PlainMember } from '@weir/timeline/oracle'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { type AnyQuestion, anyQuestion } from './any-question.fixture.ts'
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

it(`POST /v1/query/members lists whom the oracle counts, page by page (seed ${SEED})`, async () => {
  const seen = { reached: 0, dropped: 0, other: 0, pages: 0 }
  await fc.assert(
    fc.asyncProperty(
      anyQuestion,
      fc.record({
        stage: fc.nat(),
        who: fc.boolean(),
        row: fc.constantFrom('all', 'one', 'other'),
        limit: fc.nat(4),
      }),
      fc.nat({ max: 1 }),
      async (asked, wish, number) => {
        const site = siteIn(shops, number)
        const all = oracleMembers(asked.funnel, asked.range, site.events)
        const stage = 1 + (wish.stage % asked.funnel.stages.length)
        const next = nextRequired(asked, stage)
        const who = wish.who && next !== null ? 'dropped' : 'reached'
        const row = asked.funnel.breakdown ? wish.row : 'all'
        const value = row === 'one' ? (all[0]?.value ?? null) : undefined
        const beyond = valuesBeyond(asked.limit, all)
        const expected = all.filter(
          ({ chains, value: own }) =>
            chains[stage - 1] &&
            (who === 'reached' || !chains[(next ?? 0) - 1]) &&
            (value === undefined || own === value) &&
            (row !== 'other' || beyond.has(own)),
        )
        const { total, members, pages } = await listAll(site, {
          ...asked.question,
          ...{ stage, who, limit: 1 + 3 * wish.limit },
          ...(value === undefined ? {} : { value }),
          ...(row === 'other' ? { other: true } : {}),
        })
        expect(total).toBe(expected.length)
        expect(members.toSorted(inOrder)).toEqual(
          expected.map((one) => memberOf(asked, one, stage)).sort(inOrder),
        )
        // By visitor, then by entry.
        expect(members.map(keyOf)).toEqual(members.map(keyOf).toSorted())
        seen[who] += total
        if (row === 'other') seen.other += total
        seen.pages += pages
      },
    ),
    { numRuns: howLong(20), seed: SEED },
  )
  expect(seen.reached).toBeGreaterThan(30)
  expect(seen.dropped).toBeGreaterThan(2)
  expect(seen.other).toBeGreaterThan(2)
  expect(seen.pages).toBeGreaterThan(25)
})

/** The values of the rows beyond so many, the largest by who entered first. */
function valuesBeyond(limit: number, all: readonly PlainMember[]): Set<string | null> {
  const entered = (value: string | null) => all.filter((one) => one.value === value).length
  const rows = [...new Set(all.map(({ value }) => value))].sort(
    (a, b) => entered(b) - entered(a) || (String(a) < String(b) ? -1 : 1),
  )
  return new Set(rows.slice(limit))
}

function nextRequired({ funnel }: AnyQuestion, stage: number): number | null {
  if (funnel.stages[stage - 1]?.optional) return null
  const place = funnel.stages.findIndex(({ optional }, at) => at >= stage && !optional)
  return place === -1 ? null : place + 1
}

const timeText = (ms: number | undefined): string => new Date(ms ?? Number.NaN).toISOString()

const memberOf = (
  { funnel }: AnyQuestion,
  { visitor, chains, value }: PlainMember,
  stage: number,
): MemberAnswer => ({
  visitor_id: visitor,
  entered_at: timeText(chains[stage - 1]?.[0]),
  stages: chains.map((chain, place) => ({
    ...{ stage: place + 1, name: `stage ${place + 1}` },
    at: chain && timeText(chain.at(-1)),
  })),
  ...(funnel.breakdown ? { value } : {}),
})

const keyOf = ({ visitor_id, entered_at }: MemberAnswer) => `${visitor_id} ${entered_at}`

const inOrder = (a: MemberAnswer, b: MemberAnswer) =>
  JSON.stringify(a) < JSON.stringify(b) ? -1 : 1

async function listAll(site: ShopSite, question: MembersQuestion) {
  const members: MemberAnswer[] = []
  let pages = 0
  let cursor: string | null = null
  let total = 0
  do {
    const page: MembersAnswer = await site.query('/v1/query/members', {
      ...question,
      ...(cursor === null ? {} : { cursor }),
    })
    members.push(...page.members)
    total = page.total
    cursor = page.next
    pages++
  } while (cursor !== null)
  return { total, members, pages }
}
