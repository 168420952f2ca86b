/** Money of one currency. `currency` is '' where the events name none. */
export interface Revenue {
  orders: number
  value: number
}

/** What is known of one stage. Times are milliseconds, one a visitor, unsorted. */
export interface StageTally {
  /** Visitors (or visits) that reached the stage. */
  count: number
  time_to_stage: number[]
  /** Of those who went on: the `time_to_stage` of the next required stage. */
  continued: number[]
  /** Of those who did not: from the event that first reached the stage to the last of that visit. */
  left: number[]
  /** Every event that fills the stage in some chain, once each, by currency. */
  revenue: Map<string, Revenue>
}

export interface Tally {
  stages: StageTally[]
  time_to_convert: number[]
  /** How many events filled the last stage. */
  events: number
}

export interface FunnelTally extends Tally {
  /** Visitors (or visits) with any event in the range that the question sees. */
  site_visitors: number
  /** Cookieless events in the range, counted or not. */
  cookieless_events: number
  /** By the text of the breakdown's value, null for unset; only visitors who entered. Null without a breakdown. */
  rows: Map<string | null, Tally> | null
}
