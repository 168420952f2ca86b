import type { Scalar } from '../value.ts'

/** `value` is a list for `in` and `not_in`, absent for `set` and `unset`, else one scalar. */
export interface Filter {
  readonly property: string
  readonly op: FilterOp
  readonly value?: Scalar | readonly Scalar[]
}

export type FilterOp =
  | 'eq'
  | 'ne'
  | 'in'
  | 'not_in'
  | 'contains'
  | 'starts_with'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'set'
  | 'unset'

/** Which events count as one thing: any of the names (`*` is every name), all of the filters. */
export interface Selector {
  readonly events: readonly string[]
  readonly filters: readonly Filter[]
}

export interface Stage extends Selector {
  readonly optional: boolean
}

/** Spoils a chain between two stages; both are numbers of required stages, counted from 1. */
export interface Exclusion extends Selector {
  readonly after_stage: number
  readonly before_stage: number
}

export type Order = 'ordered' | 'strict' | 'any_order'
export type Unit = 'visitor' | 'visit'
export type Attribution = 'last_touch' | 'first_touch' | 'entry' | `stage:${number}`

export interface Breakdown {
  readonly property: string
  readonly attribution: Attribution
}

/** A funnel question after its defaults are filled in and its names resolved. Already checked: see semantics.md. */
export interface Funnel {
  readonly stages: readonly Stage[]
  readonly window_ms: number
  readonly order: Order
  readonly unit: Unit
  readonly hold: string | null
  /** Every event must pass these to be seen at all (visits are cut before). */
  readonly filters: readonly Filter[]
  readonly exclusions: readonly Exclusion[]
  readonly breakdown: Breakdown | null
  /** Count events whose property `bot` is true. */
  readonly bots: boolean
  /** Count events whose property `cookieless` is true. */
  readonly cookieless: boolean
}

/** Selects entries: `[from, to)`, milliseconds since 1970. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A visit ends where more than this passes without an event. */
export const VISIT_GAP_MS = 30 * 60_000

/** Every filter of a funnel, wherever it stands. */
export const filtersOf = (funnel: Funnel): Filter[] => [
  ...funnel.filters,
  ...funnel.stages.flatMap((stage) => stage.filters),
  ...funnel.exclusions.flatMap((exclusion) => exclusion.filters),
]
