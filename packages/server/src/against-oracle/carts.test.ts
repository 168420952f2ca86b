import type { CartsAnswer, CartValue } from '@weir/contract'
import { oracleCarts, type PlainCarts } from '@weir/timeline/oracle'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { anyFilters, anyRange } from './any-question.fixture.ts'
import { inOneSequence } from './in-one-sequence.fixture.ts'
import { rateOf } from './plain-arithmetic.fixture.ts'
import { addressOf, filterText } from './saved-question.fixture.ts'
import { HOUR_MS, MIDNIGHTS, NOW } from './shop-history.fixture.ts'
import { SEED, type ShopSites, siteIn, startShopSites } from './shop-sites.fixture.ts'

const LIFE_MS = 30 * 24 * HOUR_MS
const IDLE = { '1s': 1_000, '10m': 600_000, '1h': HOUR_MS, '12h': 12 * HOUR_MS, '3d': 72 * HOUR_MS }

let shops: ShopSites
beforeAll(async () => {
  shops = await startShopSites()
})
afterAll(() => shops.weir.stop())

const anyWish = fc.record({
  site: fc.nat({ max: 1 }),
  range: anyRange(),
  idle: fc.constantFrom(...Object.entries(IDLE)),
  breakdown: fc.constantFrom(null, 'utm_campaign', 'utm_campaign', 'currency', 'cart_id'),
  limit: fc.constantFrom(1, 2, 25),
  filters: anyFilters,
  bots: fc.boolean(),
  cookieless: fc.boolean(),
  /** A cart lives for a month: what becomes of it is asked soon, and late. */
  now: fc.constantFrom(NOW, (MIDNIGHTS[2] ?? 0) + HOUR_MS, NOW + LIFE_MS - 24 * HOUR_MS),
})

it(`GET /v1/carts says what the oracle counts (seed ${SEED})`, async () => {
  const seen = { bought: 0, abandoned: 0, recovered: 0, may_recover: 0, open: 0, emptied: 0 }
  await fc.assert(
    fc.asyncProperty(anyWish, async ({ range, idle: [idle, idle_ms], filters, ...wish }) => {
      const { breakdown, limit, bots, cookieless, now } = wish
      shops.clock.now = now
      const site = siteIn(shops, wish.site)
      const answer = await site.ask<CartsAnswer>(
        addressOf('/v1/carts', {
          ...{ from: String(range.text.from), to: String(range.text.to), idle },
          ...(breakdown ? { breakdown, limit: String(limit) } : {}),
          ...{ bots: String(bots), cookieless: String(cookieless) },
          filter: filters.map(filterText),
        }),
      )
      const rows = oracleCarts(
        { idle_ms, life_ms: LIFE_MS, as_of: now, filters, bots, cookieless, breakdown },
        range.ms,
        site.events,
      )
      const { question, as_of, breakdown: told, other, ...whole } = answer
      expect(as_of).toBe(new Date(now).toISOString())
      expect(inOneSequence(whole)).toEqual(inOneSequence(countsOf([...rows.values()])))
      const listed = (told ?? []).map(({ value }) => value)
      expect(inOneSequence(told)).toEqual(
        breakdown &&
          inOneSequence(
            listed.map((value) => ({ value, ...countsOf([rows.get(value) ?? []].flat()) })),
          ),
      )
      const rest = breakdown ? [...rows].filter(([value]) => !listed.includes(value)) : []
      expect(listed.length).toBe(breakdown ? Math.min(limit, rows.size) : 0)
      expect(inOneSequence(other)).toEqual(
        rest.length === 0 ? null : inOneSequence(countsOf(rest.map(([, row]) => row))),
      )
      const sizes = (told ?? []).map(({ carts }) => carts)
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
      for (const name of COUNTS) seen[name] += whole[name]
    }),
    { numRuns: howLong(25), seed: SEED },
  )
  expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([])
})

const COUNTS = ['bought', 'abandoned', 'recovered', 'may_recover', 'open', 'emptied'] as const

function countsOf(rows: readonly PlainCarts[]) {
  const sum = (name: (typeof COUNTS)[number]) => rows.reduce((total, row) => total + row[name], 0)
  const [bought, abandoned, recovered] = [sum('bought'), sum('abandoned'), sum('recovered')]
  return {
    carts: bought + abandoned + sum('open'),
    ...{ bought, abandoned, recovered },
    ...{ may_recover: sum('may_recover'), open: sum('open'), emptied: sum('emptied') },
    rates: {
      abandoned: rateOf(abandoned, bought + abandoned),
      recovered: rateOf(recovered, abandoned),
    },
    value_left: valuesOf(rows.flatMap(({ left }) => left)),
    value_recovered: valuesOf(rows.flatMap(({ recovered_value }) => recovered_value)),
  }
}

/** Carts of no currency that are worth nothing are not told of. */
function valuesOf(entries: readonly (readonly [currency: string, value: number])[]): CartValue[] {
  const currencies = new Set(entries.map(([currency]) => currency))
  const values = Array.from(currencies, (currency) => {
    const own = entries.filter(([one]) => one === currency)
    const value = own.reduce((sum, [, one]) => sum + one, 0)
    return {
      ...{ currency: currency || null, carts: own.length },
      value: Math.round(value * 10_000) / 10_000,
    }
  })
  return values.filter(({ currency, value }) => currency !== null || value !== 0)
}
