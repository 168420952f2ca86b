/** A seeded source of chance (mulberry32): the same seed, the same numbers, in every run and on every machine. */
export class Chance {
  #state: number

  constructor(...seeds: number[]) {
    this.#state = seeds.reduce((state, seed) => mix((state + seed) | 0), 0x9e3779b9)
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    return (mix(this.#state) >>> 0) / 2 ** 32
  }

  /** True this often. */
  happens(probability: number): boolean {
    return this.next() < probability
  }

  /** A whole number from `low` to `high`. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  /** Waiting times around a mean: many short, a few long. Whole. */
  wait(mean: number): number {
    return Math.round(-Math.log(1 - this.next()) * mean)
  }
}

/** Spreads a 32-bit number over all 32-bit numbers. */
export function mix(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 15), number | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return mixed ^ (mixed >>> 14)
}
