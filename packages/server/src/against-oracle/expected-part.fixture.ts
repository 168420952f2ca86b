import type { Funnel, Range } from '@weir/timeline'
import { oracleTally, type PlainFunnelTally, type PlainTally } from '@weir/timeline/oracle'
import { expect } from 'vitest'
import type { AnyQuestion } from './any-question.fixture.ts'
import { near, rateOf, timesOf } from './plain-arithmetic.fixture.ts'
import type { SentEvent } from './shop-sites.fixture.ts'

/** For tests: what the oracle counts of one range, and of the funnels from the target to each stage. */
export interface PlainCounts {
  tally: PlainFunnelTally
  targets: (PlainFunnelTally | null)[]
  /** Which stages are. */
  optional: boolean[]
}

export type Definition = 'funnel' | 'previous_stage' | 'target_action'

/** How an answer is shown: of which stage `conversion` is, which rates it has, and if it explains them. */
export interface Shown {
  stage?: number
  only?: Definition | undefined
  sentences?: boolean
}

export function plainCounts(
  asked: AnyQuestion,
  events: readonly SentEvent[],
  range: Range = asked.range,
): PlainCounts {
  const { funnel, target } = asked
  return {
    tally: oracleTally(funnel, range, events),
    optional: funnel.stages.map(({ optional }) => optional),
    targets: funnel.stages.map((stage) => {
      if (!target || isSame(stage, target)) return null
      const stages = [target, stage].map((one) => ({ ...one, optional: false }))
      return oracleTally(
        { ...funnel, stages, order: 'ordered', exclusions: [], breakdown: rowsOf(funnel) },
        range,
        events,
      )
    }),
  }
}

/** A funnel of two stages has no other stage to look at. */
const rowsOf = ({ breakdown }: Funnel): Funnel['breakdown'] =>
  breakdown?.attribution.startsWith('stage:') ? null : breakdown

const isSame = (a: Funnel['stages'][number], b: NonNullable<AnyQuestion['target']>): boolean =>
  a.events.join() === b.events.join() && a.filters.length === 0

type Row = { tally: PlainTally; targets: (PlainTally | null)[]; site_visitors: number }

/** `stages`, `conversion`, `breakdown` and `other` of an answer. */
export function expectedPart(
  asked: AnyQuestion,
  { tally, targets }: PlainCounts,
  shown: Shown = {},
) {
  const { funnel, limit } = asked
  const whole = { tally, targets, site_visitors: tally.site_visitors }
  if (!funnel.breakdown) return { ...rowParts(funnel, whole, shown), breakdown: null, other: null }
  const values = new Set(tally.rows?.keys())
  for (const target of targets) for (const value of target?.rows?.keys() ?? []) values.add(value)
  const rows = [...values]
    .map((value) => ({ value, row: rowAt(funnel, { tally, targets }, value) }))
    .sort((a, b) => entered(b.row) - entered(a.row) || (String(a.value) < String(b.value) ? -1 : 1))
  const quiet = { ...shown, sentences: false }
  const rest = rows.slice(limit).map(({ row }) => row)
  return {
    ...rowParts(funnel, whole, shown),
    breakdown: rows
      .slice(0, limit)
      .map(({ value, row }) => ({ value, ...rowParts(funnel, row, quiet) })),
    other: rest.length === 0 ? null : rowParts(funnel, rest.reduce(sumOf), quiet),
  }
}

const entered = ({ tally }: Row) => tally.stages[0]?.count ?? 0

function rowAt(
  funnel: Funnel,
  { tally, targets }: Pick<PlainCounts, 'tally' | 'targets'>,
  value: string | null,
): Row {
  return {
    tally: tally.rows?.get(value) ?? empty(funnel.stages.length),
    targets: targets.map((one) => (one?.rows ? (one.rows.get(value) ?? empty(2)) : null)),
    site_visitors: tally.site_visitors,
  }
}

function rowParts(funnel: Funnel, row: Row, shown: Shown) {
  const { tally } = row
  const countAt = (place: number) => tally.stages[place]?.count ?? 0
  const last = funnel.stages.length - 1
  const measured = (shown.stage ?? funnel.stages.length) - 1
  return {
    stages: tally.stages.map((stage, place) => {
      const optional = funnel.stages[place]?.optional ?? false
      const next = funnel.stages.findIndex((one, at) => at > place && !one.optional)
      const left = countAt(place) - countAt(next)
      return {
        ...{ stage: place + 1, name: `stage ${place + 1}`, optional, count: stage.count },
        drop_off:
          place === last || optional
            ? null
            : { count: left, rate: stage.count === 0 ? null : near(left / stage.count) },
        rates: ratesOf(funnel, row, place, shown),
        time_to_stage: place === 0 ? null : timesOf(stage.time_to_stage),
        time_at_stage:
          place === last
            ? null
            : { continued: timesOf(stage.continued), left: timesOf(stage.left) },
        revenue: revenueOf(stage),
      }
    }),
    conversion: {
      count: countAt(measured),
      events: fillsAt(tally, measured),
      rates: ratesOf(funnel, row, measured, shown),
      time_to_convert: measured === last ? timesOf(tally.time_to_convert) : null,
      revenue: revenueOf(tally.stages[measured]),
    },
  }
}

const fillsAt = ({ stages }: PlainTally, place: number): number =>
  [...(stages[place]?.revenue.values() ?? [])].reduce((sum, { orders }) => sum + orders, 0)

/** Every rate of one stage. */
export function ratesOf(
  { stages }: Funnel,
  { tally, targets, site_visitors }: Row,
  place: number,
  { only, sentences = false }: Shown = {},
): Record<string, unknown> {
  const countAt = (at: number) => tally.stages[at]?.count ?? 0
  const previous = stages.findLastIndex(({ optional }, at) => at < place && !optional)
  const target = targets[place]
  const said = (numerator = 0, denominator = 0) => ({
    ...rateOf(numerator, denominator),
    ...(sentences
      ? { sentence: expect.stringMatching(new RegExp(`^${numerator} of ${denominator} .+\\.$`)) }
      : {}),
  })
  const rates = {
    funnel: said(countAt(place), countAt(0)),
    previous_stage:
      place === 0
        ? null
        : { ...said(countAt(place), countAt(previous)), causally_comparable: false },
    target_action: target ? said(target.stages[1]?.count, target.stages[0]?.count) : null,
  }
  const none = { funnel: null, previous_stage: null, target_action: null }
  return {
    ...(only ? { ...none, [only]: rates[only] } : rates),
    of_site: said(countAt(place), site_visitors),
  }
}

type PlainStage = PlainTally['stages'][number]

/** By currency; nothing in no currency is no revenue. */
export function revenueOf(stage: Pick<PlainStage, 'revenue'> | undefined): unknown[] {
  return [...(stage?.revenue ?? [])]
    .filter(([currency, { value }]) => currency !== '' || value !== 0)
    .map(([currency, { orders, value }]) => ({
      ...{ currency: currency || null, orders, value: expect.closeTo(value, 3) },
      average_order_value: expect.closeTo(value / orders, 3),
    }))
}

const empty = (stages: number): PlainTally => ({
  stages: Array.from({ length: stages }, () => ({
    ...{ count: 0, time_to_stage: [], continued: [], left: [] },
    revenue: new Map(),
  })),
  time_to_convert: [],
  events: 0,
})

/** Two rows as one. */
const sumOf = (a: Row, b: Row): Row => ({
  tally: tallySum(a.tally, b.tally),
  targets: a.targets.map((one, place) => {
    const other = b.targets[place]
    return one && other ? tallySum(one, other) : null
  }),
  site_visitors: a.site_visitors,
})

const tallySum = (a: PlainTally, b: PlainTally): PlainTally => ({
  stages: a.stages.map((stage, place) => stageSum(stage, b.stages[place] ?? stage)),
  time_to_convert: [...a.time_to_convert, ...b.time_to_convert],
  events: a.events + b.events,
})

function stageSum(a: PlainStage, b: PlainStage): PlainStage {
  const revenue = new Map(a.revenue)
  for (const [currency, { orders, value }] of b.revenue) {
    const own = revenue.get(currency) ?? { orders: 0, value: 0 }
    revenue.set(currency, { orders: own.orders + orders, value: own.value + value })
  }
  return {
    count: a.count + b.count,
    time_to_stage: [...a.time_to_stage, ...b.time_to_stage],
    continued: [...a.continued, ...b.continued],
    left: [...a.left, ...b.left],
    revenue,
  }
}
