import type { Value } from '../value.ts'
import { ByteDictionary } from './byte-dictionary.ts'
import { Dictionary } from './dictionary.ts'
import { SAID_BY_CODE } from './event-name.ts'
import { grown } from './grown.ts'
import type { Settings } from './part.ts'

/** Notes which events have a property, in ascending order, and what it is. */
export class RowColumn {
  readonly name: string
  /** Which bit of an event's code says it too; 0 for most. */
  readonly bit: number
  readonly #dictionary = new Dictionary()
  readonly #texts = new ByteDictionary()
  /** By text. Several may say the same: 1 and 1.0. */
  readonly #codeOfText: number[] = []
  #positions = new Uint32Array(16)
  #codes = new Uint32Array(16)
  #length = 0

  constructor(name: string) {
    this.name = name
    this.bit = SAID_BY_CODE.get(name) ?? 0
  }

  /** Null is unset, and not noted. */
  add(position: number, value: Value) {
    this.#note(position, this.#dictionary.codeOf(finite(value)))
  }

  /** The same of a text, number, boolean or null as JSON has it: read only if it was not met before. */
  addJson(position: number, bytes: Buffer, begin: number, end: number) {
    const text = this.#texts.numberOf(bytes, begin, end)
    let code = this.#codeOfText[text]
    if (code === undefined) {
      const value: Value = JSON.parse(bytes.toString('utf8', begin, end))
      code = this.#dictionary.codeOf(finite(value))
      this.#codeOfText[text] = code
    }
    this.#note(position, code)
  }

  #note(position: number, code: number) {
    if (code === 0) return
    if (this.#length === this.#codes.length) {
      this.#positions = grown(this.#positions)
      this.#codes = grown(this.#codes)
    }
    this.#positions[this.#length] = position
    this.#codes[this.#length++] = code
  }

  /** What the event at `position`, the last one, has. */
  valueAt(position: number): Value {
    const last = this.#length - 1
    if (last < 0 || this.#positions[last] !== position) return null
    return this.#dictionary.values[this.#codes[last]!] ?? null
  }

  finish(): Settings {
    return {
      positions: this.#positions.subarray(0, this.#length),
      codes: this.#codes.subarray(0, this.#length),
      values: this.#dictionary.values,
    }
  }
}

/** Values come from JSON, which has no NaN and no infinity, but may have 1e999: that is unset. */
function finite(value: Value): Value {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value === null || typeof value !== 'object') return value
  const list = value.filter((one) => typeof one !== 'number' || Number.isFinite(one))
  return list.length > 0 ? list : null
}
