/** What an analyst gets back. Times are ISO 8601 UTC, durations seconds, rates 0 to 1. */
import type { FilterInput, Interval, SelectorInput } from './question.ts'

/** numerator / denominator with its 95 % Wilson interval; all three null where the denominator is 0. */
export interface RateAnswer {
  numerator: number
  denominator: number
  rate: number | null
  low: number | null
  high: number | null
  /** The denominator is under 30. */
  too_few: boolean
  /** What was divided by what. */
  sentence?: string
  /** On `previous_stage`: between experiment arms only `funnel` rates compare. */
  causally_comparable?: false
}

export interface RatesAnswer {
  /** Of those who entered the funnel. */
  funnel: RateAnswer | null
  /** Of those who reached the nearest earlier stage that is not optional. */
  previous_stage: RateAnswer | null
  /** Of those who did the target action. Null without a target, and where the stage is the target itself. */
  target_action: RateAnswer | null
  /** Of all visitors with any event in the range. */
  of_site: RateAnswer | null
}

/** All null where `count` is 0. Percentiles are exact, linear between ranks. */
export interface TimeAnswer {
  count: number
  mean_seconds: number | null
  median_seconds: number | null
  p90_seconds: number | null
}

export interface RevenueAnswer {
  /** ISO 4217; null where the events name none. Never summed across currencies. */
  currency: string | null
  orders: number
  value: number
  average_order_value: number
}

export interface StageAnswer {
  /** Counted from 1. */
  stage: number
  name: string
  optional: boolean
  count: number
  /** Reached this stage and not the next required one; null for the last and for optional stages. */
  drop_off: { count: number; rate: number | null } | null
  rates: RatesAnswer
  time_to_stage: TimeAnswer | null
  time_at_stage: { continued: TimeAnswer; left: TimeAnswer } | null
  revenue: RevenueAnswer[]
}

export interface ConversionAnswer {
  /** Visitors who reached the stage: the last one, unless the question says another. */
  count: number
  /** How often it was filled. */
  events: number
  rates: RatesAnswer
  /** Null unless the stage is the last one. */
  time_to_convert: TimeAnswer | null
  revenue: RevenueAnswer[]
}

export interface MatureAnswer {
  /** The range ends here instead: everyone in it has had the whole window. */
  until: string
  stages: { stage: number; name: string; count: number; rates: RatesAnswer }[]
  /** Of the stage that `conversion` is of. */
  rates: RatesAnswer
}

export interface BreakdownRow {
  /** The value as text; null for unset. */
  value: string | null
  stages: StageAnswer[]
  conversion: ConversionAnswer
}

/** The question with every default spelled out. */
export interface AskedQuestion {
  funnel: string | null
  /** Of the saved funnel. */
  funnel_version: number | null
  stages: { name: string; events: string[]; filters: FilterInput[]; optional: boolean }[]
  /** The number of the stage that `conversion` is of; the last unless one was asked for. */
  stage: number
  window: string
  order: 'ordered' | 'strict' | 'any_order'
  unit: 'visitor' | 'visit'
  from: string
  to: string
  time_zone: string
  target: SelectorInput | null
  filters: FilterInput[]
  hold: string | null
  bots: boolean
  cookieless: boolean
  exclusions: {
    events: string[]
    filters: FilterInput[]
    after_stage: number
    before_stage: number
  }[]
  breakdown: { property: string; attribution: string; limit: number } | null
  /** What each number of the answer means, in sentences. */
  definitions: Record<string, string>
  /** Names in the question that no event has ever had: a misspelt one counts nobody, without an error. */
  warnings: string[]
}

/** The funnel asked for one bucket as its range: its entries, each followed for the whole window. */
export interface PointAnswer {
  from: string
  to: string
  /** Everybody who entered in the bucket has had the whole window. */
  mature: boolean
  stages: StageAnswer[]
  conversion: ConversionAnswer
  breakdown: BreakdownRow[] | null
  other: Omit<BreakdownRow, 'value'> | null
}

export interface TrendAnswer {
  question: AskedQuestion & { interval: Interval }
  as_of: string
  points: PointAnswer[]
}

/** This rate less the other range's, with Newcombe's 95 % interval. */
export interface DifferenceAnswer {
  difference: number
  low: number
  high: number
}

/** Per stage and definition; null where one of the rates is. */
export type DifferencesAnswer = ({ stage: number; name: string } & Record<
  keyof RatesAnswer,
  DifferenceAnswer | null
>)[]

/** What one stage gives to the change of the rate. */
export interface StageContribution {
  stage: number
  name: string
  /** Of those who reached the required stage before it; null where nobody did. */
  now: number | null
  before: number | null
  /** All of them are `difference`. */
  contribution: number
}

/** What one row gives to the change of the rate. All `contribution`s, that of `other` included, are `difference`. */
export interface RowContribution {
  now: RateAnswer
  before: RateAnswer
  /** By being a larger or smaller share of those who entered. */
  mix: number
  /** By converting better or worse. */
  rate: number
  /** Both. */
  contribution: number
}

/** What the change of the `funnel` rate of the stage asked for is made of. */
export interface ExplainedChange {
  /** The rate now less the rate then. */
  difference: number
  sentence: string
  /** The Shapley value of each step from one required stage to the next, the largest first. */
  by_stage: StageContribution[]
  /** With a breakdown: the largest first. */
  by_value: ({ value: string | null } & RowContribution)[] | null
  /** The rows beyond the limit. */
  other: RowContribution | null
}

/** Both ranges cut so that everybody in them has had the whole window. */
export interface CompareMatureAnswer {
  /** Where this range ends instead. */
  until: string
  /** Where the other one does. */
  compare_until: string
  /** Of the other range. */
  stages: MatureAnswer['stages']
  differences: DifferencesAnswer
}

/** The same question for another range. */
export interface CompareAnswer {
  from: string
  to: string
  site_visitors: number
  stages: StageAnswer[]
  conversion: ConversionAnswer
  differences: DifferencesAnswer
  /** Null when nobody's window is open in either range, or nobody's has closed in one. */
  mature: CompareMatureAnswer | null
  /** Null where one of the rates is, or another definition was asked for. */
  explained: ExplainedChange | null
}

export interface FunnelAnswer {
  /** `interval` where points were asked for. */
  question: AskedQuestion & { interval?: Interval }
  as_of: string
  /** Visitors (or visits) with any event in the range. */
  site_visitors: number
  /** Events in the range whose visitor could not be known again; counted only if the question says so. */
  cookieless_events: number
  stages: StageAnswer[]
  conversion: ConversionAnswer
  /** Null when nobody's window is open, or nobody's has closed. */
  mature: MatureAnswer | null
  breakdown: BreakdownRow[] | null
  /** The rows beyond the limit, summed. */
  other: Omit<BreakdownRow, 'value'> | null
  /** With `interval`. */
  points?: PointAnswer[]
  /** With `compare`. */
  compare?: CompareAnswer
}
