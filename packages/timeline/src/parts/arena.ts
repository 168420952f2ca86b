import { MergedColumn } from './merged-column.ts'
import { roomFor } from './room-for.ts'

/**
 * Room for the timelines of one range, used again for the next: what was gathered before is overwritten.
 * One serves one question: values of an earlier range stay in the lists of values.
 */
export class Arena {
  /** An open-addressing table, two words a slot: see find-visitors.ts. */
  table = new Uint32Array(0)
  /** By number of the visitor: the upper half of the hash, and where the events end. */
  halves = new Uint32Array(0)
  ends = new Uint32Array(0)
  /** Where each visitor's next events go. */
  cursors = new Uint32Array(0)
  /** By number of the visitor, where ids are asked for: the first of its places in `numbers`. */
  firsts = new Uint32Array(0)
  /** For every visitor of every part: its number, and where its events go. */
  numbers = new Uint32Array(0)
  places = new Uint32Array(0)
  /** By event. */
  at = new Float64Array(0)
  codes = new Uint16Array(0)
  readonly #columns = new Map<string, MergedColumn>()
  readonly #forgets: boolean

  /** `forgets`: whether values that no part asked about has any more may get other codes. */
  constructor({ forgets = true } = {}) {
    this.#forgets = forgets
  }

  /** Makes room for that many visitors of parts. */
  reserveVisitors(length: number) {
    if (this.numbers.length >= length) return
    const room = roomFor(length)
    this.halves = new Uint32Array(room)
    this.ends = new Uint32Array(room)
    this.cursors = new Uint32Array(room)
    this.firsts = new Uint32Array(room)
    this.numbers = new Uint32Array(room)
    this.places = new Uint32Array(room)
  }

  reserveEvents(length: number) {
    if (this.at.length >= length) return
    this.at = new Float64Array(roomFor(length))
    this.codes = new Uint16Array(this.at.length)
  }

  column(property: string): MergedColumn {
    const known = this.#columns.get(property)
    if (known) return known
    const column = new MergedColumn(this.#forgets)
    this.#columns.set(property, column)
    return column
  }
}
