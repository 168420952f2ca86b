import type { Value } from '../value.ts'
import type { PartColumn } from './column.ts'
import { Dictionary } from './dictionary.ts'

/** From here on values of parts that are not asked about any more are forgotten. */
const MANY = 65_536

/** The values of one property over many parts: one numbering for all, merged once while the same parts are asked about. */
export class MergedColumn {
  codes = new Uint32Array(0)
  #dictionary = new Dictionary()
  #numbers = new Map<PartColumn, Uint32Array>()

  get values(): readonly Value[] {
    return this.#dictionary.values
  }

  /** Makes ready for these parts, and no others. */
  begin(columns: readonly PartColumn[]) {
    if (this.values.length > MANY && columns.some((column) => !this.#numbers.has(column))) {
      this.#dictionary = new Dictionary()
      this.#numbers.clear()
    }
    const numbers = new Map<PartColumn, Uint32Array>()
    for (const column of columns)
      numbers.set(column, this.#numbers.get(column) ?? this.#merge(column))
    this.#numbers = numbers
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
