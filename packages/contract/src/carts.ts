/** What became of carts: `GET /v1/carts`. */
import type { RateAnswer } from './answer.ts'
import type { FilterInput } from './question.ts'

export interface CartValue {
  /** ISO 4217; null where the events name none. Never summed across currencies. */
  currency: string | null
  /** How many carts hold something of it. */
  carts: number
  value: number
}

/** `bought`, `abandoned` and `open` are all `carts`. */
export interface CartCounts {
  /** Not empty after their last change, which lies in the range. */
  carts: number
  /** Bought within `idle` after their last change. */
  bought: number
  /** Not bought within `idle`: those that were bought later too. */
  abandoned: number
  /** Of the abandoned, those that were bought later. */
  recovered: number
  /** Of the others, those whose time for that is not over. */
  may_recover: number
  /** Changed so lately that they may still be bought within `idle`. */
  open: number
  /** Beside them: carts that were left with nothing in them. */
  emptied: number
  rates: {
    /** Abandoned, of those that were bought or abandoned. */
    abandoned: RateAnswer
    /** Recovered, of the abandoned. */
    recovered: RateAnswer
  }
  /** What was left in abandoned carts. */
  value_left: CartValue[]
  /** What of that lay in recovered ones. */
  value_recovered: CartValue[]
}

export interface CartRow extends CartCounts {
  /** The value as text; null for unset. */
  value: string | null
}

export interface CartsAnswer extends CartCounts {
  question: {
    from: string
    to: string
    time_zone: string
    idle: string
    filters: FilterInput[]
    bots: boolean
    cookieless: boolean
    breakdown: { property: string; limit: number } | null
    definitions: Record<string, string>
  }
  as_of: string
  /** Each cart is in one row. */
  breakdown: CartRow[] | null
  /** The rows beyond the limit, summed. */
  other: CartCounts | null
}
