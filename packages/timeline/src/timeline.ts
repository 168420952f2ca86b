import type { Value } from './value.ts'

/** Bits of `hidden`: what events are left out unless the question asks for them. */
export const BOT = 1
export const COOKIELESS = 2

/** For every event the position of its value in a list; as wide as the list needs, but no narrower than 16 bits. */
export type ValueCodes = Uint16Array | Uint32Array

/** One property of many events: a code an event, and what the codes stand for. */
export interface Column {
  /** 0 is unset. */
  readonly codes: ValueCodes
  /** Distinct values; `values[0]` is null. */
  readonly values: readonly Value[]
  /** By name: 0 where no event of that name has the property. Absent where that is not known. */
  readonly names?: Uint8Array
  /** Whether an event may have a list of values. Absent where `values` says it. */
  readonly lists?: boolean
}

/**
 * The events of many visitors as columns: each visitor's events stand together, ordered by `at`.
 * Events of one visitor with equal `at` are one moment; their sequence means nothing.
 */
export interface Timelines {
  /** Where each visitor's events end: visitor v has the events `ends[v - 1] ?? 0` up to, not including, `ends[v]`. */
  readonly ends: Uint32Array
  /** Milliseconds since 1970. */
  readonly at: Float64Array
  /** The event's name, as its position in `names`. */
  readonly codes: Uint16Array
  readonly names: readonly string[]
  /** For every name what it says of its events: a bot's `view` may be another name than a person's. */
  readonly hidden?: Uint8Array
  /** The properties that the question needs, by name. */
  readonly columns: ReadonlyMap<string, Column>
  /** By visitor: 1 for those who stand in another source too, and are counted there. */
  readonly skip?: Uint8Array
  /** Present only where people are listed. */
  readonly visitorIds?: VisitorNames
}

/** The visitors' ids, by visitor: a list, or what makes each when it is asked for. */
export interface VisitorNames {
  readonly length: number
  at(visitor: number): string | undefined
}

/** One visitor of `source`: its events are those from `begin` up to, not including, `end`. Reused from visitor to visitor. */
export interface Timeline {
  readonly source: Timelines
  visitor: number
  begin: number
  end: number
}
