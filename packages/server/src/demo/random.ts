/** A seeded source of chance (mulberry32): the same seed, the same month. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number
  /** True this often. */
  happens(probability: number): boolean
  /** One of them, each as often as its weight says. */
  pick<T>(weighted: readonly (readonly [T, number])[]): T
  /** A whole number from `low` to `high`. */
  between(low: number, high: number): number
  /** Waiting times around a mean: many short, a few long. */
  wait(meanMs: number): number
}

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    happens: (probability) => next() < probability,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    wait: (meanMs) => Math.round(-Math.log(1 - next()) * meanMs),
    pick(weighted) {
      const total = weighted.reduce((sum, [, weight]) => sum + weight, 0)
      let left = next() * total
      for (const [value, weight] of weighted) {
        left -= weight
        if (left < 0) return value
      }
      const last = weighted.at(-1)
      if (!last) throw new Error('nothing to pick from')
      return last[0]
    },
  }
}
