import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oracleTally, type PlainTally } from '../oracle/index.ts'
import { plainTally } from '../src/fixture.ts'
import { foldTimelines } from '../src/folds/fold.ts'
import { columnsOf, type FunnelTally, funnelFold, gather } from '../src/index.ts'
import { engineTally } from './engine.ts'
import { anyFunnel, ORDERS } from './funnels.ts'
import { anyHistory, RANGE } from './histories.ts'
import { plain } from './plain.ts'
import { runs } from './runs.ts'

const VISITORS = ['u', 'v', 'w']

test.each(ORDERS)("%s: the tally is the oracle's", (order) => {
  fc.assert(
    fc.property(
      anyFunnel({ orders: [order] }),
      anyHistory({ maxLength: 15, visitors: VISITORS }),
      (funnel, events) => {
        expect(plain(engineTally(funnel, RANGE, events))).toEqual(
          plain(oracleTally(funnel, RANGE, events)),
        )
      },
    ),
    runs(0.5),
  )
})

test('the rows of a breakdown add up to the total', () => {
  fc.assert(
    fc.property(
      anyFunnel(),
      anyHistory({ maxLength: 20, visitors: VISITORS }),
      (funnel, events) => {
        const { rows, ...total } = engineTally(funnel, RANGE, events)
        if (!rows) return
        const each = [...rows.values()].map(numbers)
        expect(numbers(total).map((_, i) => each.reduce((sum, row) => sum + row[i]!, 0))).toEqual(
          numbers(total),
        )
      },
    ),
    runs(0.3),
  )
})

test('the rows in memory may stand in any sequence', () => {
  const shuffled = anyHistory({ maxLength: 12, visitors: VISITORS }).chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
  )
  fc.assert(
    fc.property(anyFunnel(), shuffled, (funnel, [events, others]) => {
      expect(plain(engineTally(funnel, RANGE, others))).toEqual(
        plain(engineTally(funnel, RANGE, events)),
      )
    }),
    runs(0.5),
  )
})

test('visitors counted apart and merged give the same tally', () => {
  fc.assert(
    fc.property(
      anyFunnel(),
      anyHistory({ maxLength: 20, visitors: VISITORS }),
      fc.subarray(VISITORS),
      (funnel, events, some) => {
        const fold = funnelFold(funnel, RANGE)
        const count = (own: typeof events) => foldTimelines(fold, gather(own, columnsOf(funnel)))
        const merged = fold.merge(
          count(events.filter((event) => some.includes(event.visitor))),
          count(events.filter((event) => !some.includes(event.visitor))),
        )
        const plainly = (tally: FunnelTally) => plain(plainTally(funnel, tally))
        expect(plainly(fold.finish(merged))).toEqual(plainly(count(events)))
      },
    ),
    runs(0.5),
  )
})

test('events before the range, or after it and the window, change nothing', () => {
  fc.assert(
    fc.property(
      anyFunnel(),
      anyHistory({ maxLength: 20, visitors: VISITORS }),
      (funnel, events) => {
        const read = events.filter(({ at }) => at >= RANGE.from && at < RANGE.to + funnel.window_ms)
        expect(plain(engineTally(funnel, RANGE, events))).toEqual(
          plain(engineTally(funnel, RANGE, read)),
        )
      },
    ),
    runs(0.5),
  )
})

test('counts never increase along the required stages', () => {
  fc.assert(
    fc.property(
      anyFunnel({ maxStages: 6 }),
      anyHistory({ maxLength: 30, visitors: VISITORS }),
      (funnel, events) => {
        const tally = engineTally(funnel, RANGE, events)
        const counts = tally.stages.flatMap((stage, i) =>
          funnel.stages[i]!.optional ? [] : [stage.count],
        )
        expect(counts).toEqual(counts.toSorted((a, b) => b - a))
      },
    ),
    runs(0.5),
  )
})

/** Everything in a tally that can be added up. */
const numbers = (tally: PlainTally) => [
  tally.events,
  tally.time_to_convert.length,
  ...tally.stages.flatMap((stage) => [
    stage.count,
    stage.time_to_stage.length,
    stage.continued.length,
    stage.left.length,
    ...['', 'EUR', 'USD'].map((currency) => stage.revenue.get(currency)?.value ?? 0),
  ]),
]
