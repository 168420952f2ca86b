import type { Revenues } from './revenue.ts'
import { noTimes, type Times } from './times.ts'

/** What is known of one stage. */
export interface StageTally {
  /** Visitors (or visits) that reached the stage. */
  count: number
  /** Events that fill the stage in some chain, once each. */
  fills: number
  time_to_stage: Times
  /** Of those who went on: the `time_to_stage` of the next required stage. Kept for optional stages only: see `continuedOf`. */
  continued: Times
  /** Of those who did not: from the event that first reached the stage to the last of that visit. */
  left: Times
  /** Of those events that may have an amount or a currency, by currency, '' where they name none: see `revenueOf`. */
  paid: Revenues
}

export interface Tally {
  stages: StageTally[]
  time_to_convert: Times
}

export interface FunnelTally extends Tally {
  /** Visitors (or visits) with any event in the range that the question sees. */
  site_visitors: number
  /** Cookieless events in the range, counted or not. */
  cookieless_events: number
  /** By the text of the breakdown's value, null for unset; only visitors who entered. Null without a breakdown. */
  rows: Map<string | null, Tally> | null
}

/** Every event that fills the stage, once each, by currency; '' where events name none. */
export function revenueOf({ fills, paid }: StageTally): Revenues {
  const noted = [...paid.values()].reduce((sum, { orders }) => sum + orders, 0)
  if (noted === fills) return paid
  const { orders, value } = paid.get('') ?? { orders: 0, value: 0 }
  return new Map([...paid, ['', { orders: orders + fills - noted, value }]])
}

/** Of those who went on from a stage: how long that took. Who reached the next required stage had reached this one, if it is required. */
export function continuedOf(
  { stages }: Pick<Tally, 'stages'>,
  isOptional: readonly boolean[],
  stage: number,
): Times {
  const next = isOptional.findIndex((optional, index) => index > stage && !optional)
  const own = isOptional[stage] ? stages[stage]?.continued : stages[next]?.time_to_stage
  return own ?? noTimes()
}
