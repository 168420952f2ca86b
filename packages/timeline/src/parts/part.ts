import type { Value } from '../value.ts'

/** The events of one UTC day and slot of visitors, woven at one time, as bytes. Never changed. */
export interface Part {
  /** Days since 1970-01-01, UTC. */
  readonly day: number
  readonly slots: number
  readonly slot: number
  readonly events: number
  readonly visitors: number
  readonly core: Uint8Array
  readonly visitorIds: Uint8Array
  /** By property. */
  readonly columns: ReadonlyMap<string, Uint8Array>
}

/** As much of a part as was read: the core, and the columns that are asked about. */
export type StoredPart = Pick<Part, 'core'> & Partial<Pick<Part, 'visitorIds' | 'columns'>>

/** The events of a part before they are packed: by visitor in the order of the hashes, then by time. */
export interface PartEvents {
  readonly day: number
  readonly slots: number
  readonly slot: number
  /** One for every visitor, ascending. */
  readonly hi: Uint32Array
  readonly lo: Uint32Array
  /** Where each visitor's events end. */
  readonly ends: Uint32Array
  readonly ids: readonly string[]
  /** Milliseconds of the day, one for every event. */
  readonly ms: Uint32Array
  /** Name codes. */
  readonly codes: Uint16Array
}

/** One property of a part's events before it is packed: those that have it, ascending. */
export interface Settings {
  readonly positions: Uint32Array
  /** Positions in `values`, not 0. */
  readonly codes: Uint32Array
  /** `values[0]` is null. */
  readonly values: readonly Value[]
}

export const DAY_MS = 86_400_000

/** The last day that has a date, before 1970 too: times in milliseconds stay whole numbers. */
export const LAST_DAY = 100_000_000
