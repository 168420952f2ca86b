/** What addresses ask: the contract has types for bodies and answers. */
import type { Interval, ProductSort } from '@weir/contract'

/** `GET /v1/rates`. Times are a date, ISO 8601 with an offset, or milliseconds since 1970. */
export type RatesQuery = {
  /** The name of a saved one, like `storefront`. */
  funnel: string
  from: string | number
  /** Exclusive. */
  to: string | number
  /** The name or number of the one that counts as converted; the last without it. */
  stage?: string | number | undefined
  definition?: 'funnel' | 'previous_stage' | 'target_action' | undefined
  /** The event that `target_action` divides by. */
  target?: string | undefined
  breakdown?: string | undefined
  /** `last_touch` (default), `first_touch`, `entry`, or `stage:k`. */
  attribution?: string | undefined
  /** Rows of the breakdown; those beyond it are summed. */
  limit?: number | undefined
  /** Each `property:op:value`, like `device:eq:mobile`. */
  filter?: string | string[] | undefined
  unit?: 'visitor' | 'visit' | undefined
  order?: 'ordered' | 'strict' | 'any_order' | undefined
  /** Like `7d`. */
  window?: string | undefined
  interval?: Interval | undefined
  /** `previous`, or a range: `2026-09-01..2026-10-01`. */
  compare?: string | undefined
  bots?: boolean | undefined
  cookieless?: boolean | undefined
}

/** `GET /v1/carts`. */
export type CartsQuery = RangeQuery &
  Pick<RatesQuery, 'filter' | 'bots' | 'cookieless' | 'breakdown' | 'limit'> & {
    /** How long after its last change a cart is abandoned; `1h` if not said. */
    idle?: string | undefined
  }

/** `GET /v1/products`. */
export type ProductsQuery = RangeQuery &
  Pick<RatesQuery, 'filter' | 'window' | 'bots' | 'cookieless' | 'limit'> & {
    /** The property that tells products apart; `product_id` if not said. */
    by?: string | undefined
    sort?: ProductSort | undefined
  }

/** `GET /v1/visitors/{visitor_id}/events`. */
export type VisitorEventsQuery = Partial<RangeQuery> & {
  order?: 'newest' | 'oldest' | undefined
  limit?: number | undefined
  /** `next` of the page before. */
  cursor?: string | undefined
}

export type RangeQuery = { from: string | number; to: string | number }

export type ExportQuery = Partial<RangeQuery> & { format?: 'ndjson' | 'csv' | undefined }
