import type { Funnel } from './funnel.ts'
import { revenueIn } from './money.ts'
import type { FunnelTally, StageTally, Tally } from './tally.ts'

export const emptyStage = (): StageTally => ({
  count: 0,
  time_to_stage: [],
  continued: [],
  left: [],
  revenue: new Map(),
})

export const emptyTally = (stages: number): Tally => ({
  stages: Array.from({ length: stages }, emptyStage),
  time_to_convert: [],
  events: 0,
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
  append(a.time_to_convert, b.time_to_convert)
  a.events += b.events
  return a
}

/** Joins what was counted over disjoint visitors; `a` takes all. */
export function mergeFunnelTallies(a: FunnelTally, b: FunnelTally): FunnelTally {
  addTally(a, b)
  a.site_visitors += b.site_visitors
  a.cookieless_events += b.cookieless_events
  for (const [value, row] of b.rows ?? []) {
    const known = a.rows?.get(value)
    if (known) addTally(known, row)
    else a.rows?.set(value, row)
  }
  return a
}

function addStage(a: StageTally, b: StageTally) {
  a.count += b.count
  append(a.time_to_stage, b.time_to_stage)
  append(a.continued, b.continued)
  append(a.left, b.left)
  for (const [currency, { orders, value }] of b.revenue) {
    const sum = revenueIn(a.revenue, currency)
    sum.orders += orders
    sum.value += value
  }
}

/** `a.push(...b)` would put all of b on the stack: it fails at about 100,000. */
function append(a: number[], b: readonly number[]) {
  for (const time of b) a.push(time)
}
