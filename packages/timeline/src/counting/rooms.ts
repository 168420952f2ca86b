import type { MaskRoom } from '../matching/matcher.ts'
import { BATCH } from './batch.ts'
import type { Ties } from './compile-lean.ts'
import { clearRows, noRowBook, type RowBook } from './row-book.ts'
import { bytesOf, empty, noSums, type Sums } from './sums.ts'
import { noUnits, type Units } from './units.ts'

/** All that a counter writes to. */
export interface Room {
  readonly units: Units
  readonly ties: Ties
  readonly masks: MaskRoom
  readonly book: RowBook
  readonly sums: Sums
}

const newRoom = (): Room => ({
  units: noUnits(),
  ties: { units: new Uint16Array(BATCH), length: 0 },
  masks: { masks: new Int32Array(0) },
  book: noRowBook(),
  sums: noSums(),
})

/**
 * Rooms of questions before, for the next ones: the system takes as long to give fresh memory (8 µs a page, on a
 * virtual machine) as all of the counting takes.
 */
export class Rooms {
  readonly #mostBytes: number
  readonly #taken: Room[] = []
  #free: Room[] = []

  /** How many bytes are kept between questions. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  take(): Room {
    const room = this.#free.shift() ?? newRoom()
    this.#taken.push(room)
    return room
  }

  /** Takes all back, for counters that come in the same sequence. What was counted in them is overwritten from then on. */
  takeBack() {
    for (const { sums, book } of this.#taken) {
      empty(sums)
      clearRows(book)
    }
    const kept: Room[] = []
    let bytes = 0
    for (const room of [...this.#taken.splice(0), ...this.#free]) {
      bytes += bytesOf(room.sums)
      if (bytes <= this.#mostBytes) kept.push(room)
    }
    this.#free = kept
  }
}
