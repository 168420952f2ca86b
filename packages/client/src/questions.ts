/** What addresses ask, and the answers that the contract has no type for. */
import type { Interval, KeyKind, Site } from '@weir/contract'

/** `GET /v1/rates`. Times are a date, ISO 8601 with an offset, or milliseconds since 1970. */
export type RatesQuery = {
  /** The name of a saved one, like `storefront`. */
  funnel: string
  from: string | number
  /** Exclusive. */
  to: string | number
  /** A stage's name or number; the last without one. */
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

export type RangeQuery = { from: string | number; to: string | number }

export type ExportQuery = Partial<RangeQuery> & { format?: 'ndjson' | 'csv' | undefined }

export interface NewSite {
  name: string
  /** IANA; UTC without one. */
  time_zone?: string | undefined
  /** Pages that may send; any without a list. */
  origins?: string[] | null | undefined
}

/** Keys are shown once. */
export interface MadeSite {
  site: Site
  keys: { write: string; secret: string; read: string }
}

export interface SiteKey {
  id: number
  kind: KeyKind
  /** Its kind and its last letters, to tell it from others. */
  hint: string
  created_at: string
  revoked_at: string | null
}

export interface MadeKey {
  id: number
  kind: KeyKind
  /** Shown once. */
  key: string
}

/** How much of what pages sent has arrived; see `GET /v1/delivery`. */
export interface DeliveryAnswer {
  from: string
  to: string
  streams: number
  expected: number
  stored: number
  rejected: number
  missing: number
  late: number
  orders_confirmed: number
  orders_not_reported: number
  /** Share of what was expected; null where nothing was. */
  delivered: number | null
  note: string
}
