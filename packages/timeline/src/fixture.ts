import type { PlainFunnelTally, PlainTally } from '../oracle/plain-tally.ts'
import { columnsOf } from './counting/columns-of.ts'
import { continuedOf, type FunnelTally, revenueOf, type Tally } from './counting/tally.ts'
import type { Times } from './counting/times.ts'
import { foldTimelines } from './folds/fold.ts'
import { funnelFold } from './folds/funnel-fold.ts'
import { type Event, gather } from './gather.ts'
import type { Funnel, Range, Stage } from './matching/funnel.ts'
import { matchVisitor } from './matching/match-visitor.ts'
import { matcherOf } from './matching/matcher.ts'

/** For tests: a small funnel; `A→B?→C` has an optional B, `A|B→B` a stage of two names. */
export function funnelOf(text: string, changes: Partial<Funnel> = {}): Funnel {
  const stages = text.split('→').map(
    (name): Stage => ({
      events: name.replace('?', '').split('|'),
      filters: [],
      optional: name.endsWith('?'),
    }),
  )
  return {
    stages,
    window_ms: 60 * MINUTE,
    order: 'ordered',
    unit: 'visitor',
    hold: null,
    filters: [],
    exclusions: [],
    breakdown: null,
    bots: false,
    cookieless: false,
    ...changes,
  }
}

export const MINUTE = 60_000
export const DAY: Range = { from: 0, to: 1440 * MINUTE }

/** For tests: one visitor's events; `A0 B10{plan="x"} C20` in minutes. */
export function eventsOf(text: string, visitor = 'v'): Event[] {
  return text.split(' ').map((word) => {
    const [, name = '', minutes = '', properties = ''] =
      /^([A-Za-z]+)(-?[\d.]+)(?:\{(.*)\})?$/.exec(word) ?? []
    return { visitor, at: Number(minutes) * MINUTE, name, properties: propertiesOf(properties) }
  })
}

/** `p=1,q="x"` as JSON values; a comma inside brackets separates nothing. */
function propertiesOf(text: string): Record<string, unknown> {
  const pairs = text.matchAll(/(\w+)=(\[.*?\]|[^,]+)/g)
  return Object.fromEntries(Array.from(pairs, ([, name, value = '']) => [name, JSON.parse(value)]))
}

/** For tests: the matches of one visitor's events. */
export function matchesOf(funnel: Funnel, events: readonly Event[], range = DAY) {
  const source = gather(events, columnsOf(funnel))
  const timeline = { source, visitor: 0, begin: 0, end: events.length }
  return matchVisitor(matcherOf(funnel, source), timeline, range)
}

/** For tests: what a funnel counts of some events. */
export function tallyOf(funnel: Funnel, events: readonly Event[], range = DAY) {
  const source = gather(events, columnsOf(funnel))
  return plainTally(funnel, foldTimelines(funnelFold(funnel, range), source))
}

/** For tests: a tally as lists. */
export function plainTally(funnel: Funnel, tally: FunnelTally): PlainFunnelTally {
  const { site_visitors, cookieless_events, rows } = tally
  const plainRows =
    rows && new Map(Array.from(rows, ([value, row]) => [value, plainRow(funnel, row)]))
  return { ...plainRow(funnel, tally), site_visitors, cookieless_events, rows: plainRows }
}

export function plainRow({ stages }: Funnel, tally: Tally): PlainTally {
  const isOptional = stages.map(({ optional }) => optional)
  return {
    stages: tally.stages.map((stage, index) => ({
      count: stage.count,
      time_to_stage: listOf(stage.time_to_stage),
      continued: listOf(continuedOf(tally, isOptional, index)),
      left: listOf(stage.left),
      revenue: revenueOf(stage),
    })),
    time_to_convert: listOf(tally.time_to_convert),
    events: tally.stages.at(-1)?.fills ?? 0,
  }
}

const listOf = (times: Times): number[] => [
  ...new Array<number>(times.zeros).fill(0),
  ...times.chunks.flatMap((chunk) => [...chunk]),
]
