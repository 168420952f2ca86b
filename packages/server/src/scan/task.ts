import type { Codes } from '../weave/read-codes.ts'
import type { SharedPart } from './open-shared.ts'
import type { Pin } from './pin.ts'
import type { Asked, Kind } from './question.ts'

/** A question as all threads get it. */
export interface Task<K extends Kind = Kind> {
  kind: K
  asked: Asked[K]
  pin: Pin
  codes: Codes
  /** Properties that are read, by name. */
  properties: Map<string, number>
  /** Parts in shared memory, and the slabs that they stand in. */
  parts: SharedPart[]
  slabs: Map<number, SharedArrayBuffer>
  /** Slabs that other questions may need. */
  kept: number[]
  /** Into how many ranges the visitors are cut; a power of two. */
  ranges: number
  /** Whether there are parts that are not in shared memory: those that are cut as fine as the ranges, or finer. */
  streams: boolean
  /** See take-ranges.ts. */
  taken: SharedArrayBuffer
  /** How many bytes of gathered timelines a thread keeps. */
  kept_bytes: number
}
