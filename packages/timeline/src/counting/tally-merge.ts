import type { Funnel } from '../matching/funnel.ts'
import { addRevenues } from './revenue.ts'
import type { FunnelTally, StageTally, Tally } from './tally.ts'
import { addTimes, noTimes } from './times.ts'

export const emptyStage = (): StageTally => ({
  count: 0,
  fills: 0,
  time_to_stage: noTimes(),
  continued: noTimes(),
  left: noTimes(),
  paid: new Map(),
})

export const emptyTally = (stages: number): Tally => ({
  stages: Array.from({ length: stages }, emptyStage),
  time_to_convert: noTimes(),
})

export const emptyFunnelTally = (funnel: Funnel): FunnelTally => ({
  ...emptyTally(funnel.stages.length),
  site_visitors: 0,
  cookieless_events: 0,
  rows: funnel.breakdown === null ? null : new Map(),
})

/** Adds tally `b` to `a`, in place. Its visitors must be others. Also sums rows into one. */
export function addTally<T extends Tally>(a: T, b: Tally): T {
  for (const [index, stage] of a.stages.entries()) {
    const other = b.stages[index]
    if (other) addStage(stage, other)
  }
  addTimes(a.time_to_convert, b.time_to_convert)
  return a
}

/** Joins what was counted over disjoint visitors; `a` takes all. */
export function mergeFunnelTallies(a: FunnelTally, b: FunnelTally): FunnelTally {
  a.site_visitors += b.site_visitors
  a.cookieless_events += b.cookieless_events
  if (a.rows === null) return addTally(a, b)
  for (const [value, row] of b.rows ?? []) {
    const known = a.rows.get(value)
    if (known) addTally(known, row)
    else a.rows.set(value, row)
  }
  return a
}

/** With a breakdown each visitor was counted in a row, and nowhere else: the total is their sum. */
export function withTotal(tally: FunnelTally): FunnelTally {
  if (tally.rows === null) return tally
  const total = emptyTally(tally.stages.length)
  for (const row of tally.rows.values()) addTally(total, row)
  return { ...tally, ...total }
}

function addStage(a: StageTally, b: StageTally) {
  a.count += b.count
  a.fills += b.fills
  addTimes(a.time_to_stage, b.time_to_stage)
  addTimes(a.continued, b.continued)
  addTimes(a.left, b.left)
  addRevenues(a.paid, b.paid)
}
