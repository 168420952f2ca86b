import type { Value } from '../value.ts'
import { Dictionary } from './dictionary.ts'
import type { Settings } from './part.ts'

/** Notes which events have a property, in ascending order, and what it is. */
export class SettingsBuilder {
  readonly #dictionary = new Dictionary()
  #positions = new Uint32Array(16)
  #codes = new Uint32Array(16)
  #length = 0
  #lastValue: Value = null
  #lastCode = 0

  /** Null is unset, and not noted. */
  add(position: number, value: Value) {
    // A visitor's events mostly have the same country, device, browser: not looked up again.
    const code = value === this.#lastValue ? this.#lastCode : this.#dictionary.codeOf(value)
    if (code === 0) return
    this.#lastValue = value
    this.#lastCode = code
    if (this.#length === this.#codes.length) this.#grow()
    this.#positions[this.#length] = position
    this.#codes[this.#length++] = code
  }

  #grow() {
    const [positions, codes] = [this.#positions, this.#codes]
    this.#positions = new Uint32Array(positions.length * 2)
    this.#positions.set(positions)
    this.#codes = new Uint32Array(codes.length * 2)
    this.#codes.set(codes)
  }

  finish(): Settings {
    return {
      positions: this.#positions.subarray(0, this.#length),
      codes: this.#codes.subarray(0, this.#length),
      values: this.#dictionary.values,
    }
  }
}
