import type { Revenue } from '../src/counting/revenue.ts'

/** A tally as lists: the oracle's own. Times are milliseconds, one a visitor, unsorted. */
export interface PlainTally {
  stages: PlainStage[]
  time_to_convert: number[]
  /** How many events filled the last stage. */
  events: number
}

export interface PlainStage {
  count: number
  time_to_stage: number[]
  continued: number[]
  left: number[]
  /** Every event that fills the stage in some chain, once each, by currency; '' where events name none. */
  revenue: Map<string, Revenue>
}

export interface PlainFunnelTally extends PlainTally {
  site_visitors: number
  cookieless_events: number
  rows: Map<string | null, PlainTally> | null
}
