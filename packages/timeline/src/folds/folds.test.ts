/** What every fold promises: merging, storage, lean and whole matching, buckets, and lists agree. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import type { PlainFunnelTally, PlainTally } from '../../oracle/plain-tally.ts'
import { columnsOf } from '../counting/columns-of.ts'
import { Rooms } from '../counting/rooms.ts'
import type { FunnelTally, Tally } from '../counting/tally.ts'
import { funnelOf, MINUTE, plainTally } from '../fixture.ts'
import { type Event, gather } from '../gather.ts'
import type { Attribution, Funnel, Order, Unit } from '../matching/funnel.ts'
import { type Fold, foldTimelines } from './fold.ts'
import { foldAll } from './fold-all.ts'
import { funnelFold } from './funnel-fold.ts'
import { type Member, type MemberKey, memberKeyOf, membersFold } from './members-fold.ts'
import { trendFold } from './trend-fold.ts'

const range = { from: 5 * MINUTE, to: 60 * MINUTE }

const anEvent: fc.Arbitrary<Event> = fc.record({
  visitor: fc.constantFrom('u', 'v'),
  at: fc.integer({ min: 0, max: 9 }).map((n) => n * 7 * MINUTE),
  name: fc.constantFrom('A', 'B', 'C', 'X'),
  properties: fc.record(
    {
      p: fc.constantFrom('a', 'b', 'c'),
      bot: fc.constantFrom(false, false, true),
      value: fc.constantFrom(1, 2),
    },
    { requiredKeys: [] },
  ),
})
const someEvents = fc.array(anEvent, { maxLength: 24 })

const exclusion = { events: ['X'], filters: [], after_stage: 1, before_stage: 3 }
const aFunnel: fc.Arbitrary<Funnel> = fc
  .record({
    stages: fc.constantFrom('A→B→C', 'A→A→B', 'A|B→B→C|A', 'A→B?→C'),
    order: fc.constantFrom<Order>('ordered', 'ordered', 'strict', 'any_order'),
    unit: fc.constantFrom<Unit>('visitor', 'visit'),
    hold: fc.constantFrom(null, null, 'p'),
    isExcluded: fc.boolean(),
    attribution: fc.constantFrom<Attribution>('last_touch', 'first_touch', 'entry', 'stage:2'),
    window: fc.constantFrom(14, 35),
  })
  .map(({ stages, isExcluded, attribution, window, order, ...rest }) =>
    funnelOf(order === 'ordered' ? stages : stages.replace('?', ''), {
      ...rest,
      order,
      window_ms: window * MINUTE,
      exclusions: isExcluded && order !== 'strict' ? [exclusion] : [],
      breakdown: { property: 'p', attribution },
    }),
  )

const fold = <T>(report: Fold<T>, funnel: Funnel, events: readonly Event[]) =>
  foldTimelines(report, gather(events, columnsOf(funnel)))

/** Times and rows sorted, so that equal tallies look equal. */
const sorted = (tally: PlainFunnelTally) => ({
  ...sortedRow(tally),
  site_visitors: tally.site_visitors,
  cookieless_events: tally.cookieless_events,
  rows: [...(tally.rows ?? [])]
    .map(([value, row]) => [String(value), sortedRow(row)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
})
const sortedRow = (tally: PlainTally) => ({
  stages: tally.stages.map(({ count, time_to_stage, continued, left, revenue }) => ({
    count,
    times: [time_to_stage, continued, left].map((times) => times.toSorted((a, b) => a - b)),
    revenue: Object.fromEntries(revenue),
  })),
  time_to_convert: tally.time_to_convert.toSorted((a, b) => a - b),
  events: tally.events,
})
const plain = (funnel: Funnel, tally: FunnelTally) => sorted(plainTally(funnel, tally))
const countsOf = (tally: Tally) => tally.stages.map(({ count }) => count)

describe('on random histories', () => {
  const check = (law: (funnel: Funnel, events: Event[]) => void) =>
    fc.assert(fc.property(aFunnel, someEvents, law), { numRuns: howLong(400) })

  it('the storage order of a moment changes nothing', () => {
    check((funnel, events) => {
      const there = fold(funnelFold(funnel, range), funnel, events)
      const back = fold(funnelFold(funnel, range), funnel, events.toReversed())
      expect(plain(funnel, back)).toEqual(plain(funnel, there))
    })
  })

  it('merging disjoint visitors is counting them together', () => {
    check((funnel, events) => {
      const report = funnelFold(funnel, range)
      const own = (isOwn: (event: Event) => boolean) => fold(report, funnel, events.filter(isOwn))
      const merged = report.finish(
        report.merge(
          own(({ visitor }) => visitor === 'u'),
          own(({ visitor }) => visitor !== 'u'),
        ),
      )
      expect(plain(funnel, merged)).toEqual(plain(funnel, fold(report, funnel, events)))
    })
  })

  it('what other questions left where it is counted changes nothing, whether they ended or failed', () => {
    const rooms = new Rooms(1_000_000)
    check((funnel, events) => {
      rooms.takeBack()
      const failing = trendFold(funnelOf('A→B→C'), [0, 30 * MINUTE, 60 * MINUTE], 'all', rooms)
      failing.visit(failing.start(), gather(events, columnsOf(funnel)))
      rooms.takeBack()
      const tally = fold(funnelFold(funnel, range, 'all', rooms), funnel, events)
      expect(plain(funnel, tally)).toEqual(
        plain(funnel, fold(funnelFold(funnel, range), funnel, events)),
      )
    })
  })

  it('counting less counts the same', () => {
    check((funnel, events) => {
      const counts = plain(funnel, fold(funnelFold(funnel, range, 'counts'), funnel, events))
      const all = plain(funnel, fold(funnelFold(funnel, range), funnel, events))
      expect(counts.stages.map(({ count }) => count)).toEqual(all.stages.map(({ count }) => count))
      expect(counts.site_visitors).toBe(all.site_visitors)
      expect(
        counts.rows.map(([value, { stages }]) => [value, stages.map(({ count }) => count)]),
      ).toEqual(all.rows.map(([value, { stages }]) => [value, stages.map(({ count }) => count)]))
    })
  })

  it('rows add up to the total, and required stages never increase', () => {
    check((funnel, events) => {
      const tally = fold(funnelFold(funnel, range), funnel, events)
      const sums = funnel.stages.map((_, stage) =>
        [...(tally.rows ?? [])].reduce((sum, [, row]) => sum + (row.stages[stage]?.count ?? 0), 0),
      )
      expect(sums).toEqual(countsOf(tally))
      const required = countsOf(tally).filter((_, stage) => !funnel.stages[stage]?.optional)
      expect(required).toEqual(required.toSorted((a, b) => b - a))
    })
  })

  it('a point of the trend is the funnel asked for its bucket', () => {
    const edges = [5, 20, 21, 60].map((minute) => minute * MINUTE)
    check((funnel, events) => {
      const points = fold(trendFold(funnel, edges), funnel, events)
      const asked = edges
        .slice(1)
        .map((to, i) => fold(funnelFold(funnel, { from: edges[i] ?? to, to }), funnel, events))
      const plainly = (tally: FunnelTally) => plain(funnel, tally)
      expect(points.map(plainly)).toEqual(asked.map(plainly))
    })
  })

  it('a list is as long as its count', () => {
    check((funnel, events) => {
      const counts = countsOf(fold(funnelFold(funnel, range), funnel, events))
      const [first = 0, second = 0, third = 0] = counts
      const list = (stage: number, who: 'reached' | 'dropped') => {
        const page = fold(membersFold(funnel, range, { stage, who, limit: 100 }), funnel, events)
        expect(page.members).toHaveLength(page.total)
        return page.total
      }
      expect(counts.map((_, index) => list(index + 1, 'reached'))).toEqual(counts)
      const next = funnel.stages[1]?.optional ? third : second
      expect(list(1, 'dropped')).toBe(first - next)
      expect(list(3, 'dropped')).toBe(0)
    })
  })
})

describe('a list in pages', () => {
  const whole = { stage: 2, who: 'reached', limit: 100 } as const
  const check = (law: (funnel: Funnel, events: Event[]) => void) =>
    fc.assert(fc.property(aFunnel, someEvents, law), { numRuns: howLong(400) })

  it('has everybody once, in one order, and the same total on every page', () => {
    check((funnel, events) => {
      const all = fold(membersFold(funnel, range, whole), funnel, events)
      const seen: Member[] = []
      for (let after: MemberKey | undefined; ; ) {
        const wish = { ...whole, limit: 1, ...(after ? { after } : {}) }
        const page = fold(membersFold(funnel, range, wish), funnel, events)
        expect(page.total).toBe(all.total)
        const [member] = page.members
        if (!member) break
        seen.push(member)
        after = memberKeyOf(member)
      }
      expect(seen).toEqual(all.members)
    })
  })

  it('of one row is as long as that row counts', () => {
    check((funnel, events) => {
      const tally = fold(funnelFold(funnel, range), funnel, events)
      for (const [value, { stages }] of tally.rows ?? []) {
        const wish = { ...whole, rows: { values: [value], are: 'meant' } } as const
        const { total } = fold(membersFold(funnel, range, wish), funnel, events)
        expect(total).toBe(stages[1]?.count)
      }
    })
  })

  it('of all rows but some is as long as the others count', () => {
    check((funnel, events) => {
      const rows = [...(fold(funnelFold(funnel, range), funnel, events).rows ?? [])]
      const values = rows.slice(0, 1).map(([value]) => value)
      const others = rows.slice(1).map(([, { stages }]) => stages[1]?.count ?? 0)
      const wish = { ...whole, rows: { values, are: 'left_out' } } as const
      if (rows.length === 0) return
      const { total } = fold(membersFold(funnel, range, wish), funnel, events)
      expect(total).toBe(others.reduce((sum, count) => sum + count, 0))
    })
  })
})

it('several folds in one pass give what each gives alone', () => {
  const folds = [funnelOf('A→B'), funnelOf('B→C')].map((funnel) => funnelFold(funnel, range))
  const events = ['A', 'B', 'B', 'C'].map((name, i) => ({
    visitor: 'v',
    at: (i + 5) * MINUTE,
    name,
    properties: {},
  }))
  const source = gather(events, [])
  const all = foldAll(folds)
  const together = () => foldTimelines(all, source)
  expect(together()).toEqual(folds.map((one) => foldTimelines(one, source)))
  expect(together().map(countsOf)).toEqual([
    [1, 1],
    [1, 1],
  ])
  expect(all.merge(together(), together()).map(countsOf)).toEqual([
    [2, 2],
    [2, 2],
  ])
})
