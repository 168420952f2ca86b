import type { Scalar, Value } from '../value.ts'

/** Numbers distinct values in the order in which they come; null is 0. */
export class Dictionary {
  readonly values: Value[] = [null]
  readonly #scalars = new Map<Scalar, number>()
  readonly #lists = new Map<string, number>()

  codeOf(value: Value): number {
    if (value === null) return 0
    if (typeof value === 'object') return this.#code(this.#lists, JSON.stringify(value), value)
    return this.#code(this.#scalars, value, value)
  }

  #code<Key>(known: Map<Key, number>, key: Key, value: Value): number {
    const code = known.get(key)
    if (code !== undefined) return code
    known.set(key, this.values.length)
    return this.values.push(value) - 1
  }
}
