import type { SentEvent } from '@weir/contract'
import type { DateOrder } from './local-date.ts'

/** One record of a file: an event, or why it is none, or null for what is no event at all. */
export type FileRecord = Partial<SentEvent> | UnreadableRecord | null

/** A record that cannot be understood. */
export class UnreadableRecord {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

/** What the columns of a table are. */
export interface Columns {
  /** Their names as the file has them, by the names of Weir: `{ "visitor_id": "user" }`. */
  map?: Record<string, string>
  /** In order, for a file without a header; an empty one is left out. */
  header?: readonly string[]
  /** What every row is that names no event. */
  event?: string
  /** What the file's events are called here: `{ "cart": "add_to_cart" }`. */
  rename?: Record<string, string>
}

/** How a table is read. */
export interface Reading {
  columns: Columns
  /** IANA, or UTC: where times without an offset were told. */
  zone?: string | undefined
  /** Where dates like 12/1/2010 were told: which number is the month. */
  dates?: DateOrder | undefined
}
