import type { ValueCodes } from '../timeline.ts'
import type { Value } from '../value.ts'
import type { PartColumn } from './column.ts'
import { Dictionary } from './dictionary.ts'
import { roomFor } from './room-for.ts'

/** From here on values of parts that are not asked about any more are forgotten. */
const MANY = 65_536
/** More values than this have codes of four bytes. */
const WIDE = 65_536

/** The values of one property over many parts: one numbering for all, merged once while the same parts are asked about. */
export class MergedColumn {
  #codes: ValueCodes = new Uint16Array(0)
  #dictionary = new Dictionary()
  #numbers = new Map<PartColumn, Uint32Array>()
  readonly #forgets: boolean

  constructor(forgets: boolean) {
    this.#forgets = forgets
  }

  get values(): readonly Value[] {
    return this.#dictionary.values
  }

  /** Makes ready for these parts, and no others. */
  begin(columns: readonly PartColumn[]) {
    const isFull = this.#forgets && this.values.length > MANY
    if (isFull && columns.some((column) => !this.#numbers.has(column))) {
      this.#dictionary = new Dictionary()
      this.#numbers.clear()
    }
    const numbers = new Map<PartColumn, Uint32Array>()
    for (const column of columns)
      numbers.set(column, this.#numbers.get(column) ?? this.#merge(column))
    this.#numbers = numbers
  }

  /** Room for a code of each event, all unset. */
  clear(events: number): ValueCodes {
    const isWide = this.values.length > WIDE
    if (this.#codes.length < events || isWide !== this.#codes instanceof Uint32Array)
      this.#codes = isWide ? new Uint32Array(roomFor(events)) : new Uint16Array(roomFor(events))
    else this.#codes.fill(0, 0, events)
    return this.#codes.subarray(0, events)
  }

  #merge({ values }: PartColumn): Uint32Array {
    const numbers = new Uint32Array(values.length)
    for (let code = 1; code < values.length; code++)
      numbers[code] = this.#dictionary.codeOf(values[code]!)
    return numbers
  }

  /** For every code of a part's column, its number among all values. */
  numbersOf(column: PartColumn): Uint32Array {
    return this.#numbers.get(column) ?? this.#merge(column)
  }

  /** The number of a value that a name's code says. */
  numberOf(value: Value): number {
    return this.#dictionary.codeOf(value)
  }
}
