import type { SentEvent } from '@weir/contract'

/** One record of a file: an event, or why it is none, or null for what is no event at all. */
export type FileRecord = Partial<SentEvent> | UnreadableRecord | null

/** A record that cannot be understood. */
export class UnreadableRecord {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

/** Column names as the file has them, by the names of Weir: `{ "visitor_id": "user" }`. */
export type Columns = Record<string, string>

/** How a table is read. */
export interface Reading {
  columns: Columns
  /** IANA, or UTC: where times without an offset were told. */
  zone?: string | undefined
}
