import type { Chance } from './chance.ts'

/** One of many values, the first ones often, the last ones rarely: how pages, places and products are met. */
export type Popular<T> = (chance: Chance) => T

/** Value k is met in proportion to 1 / (k + flat)^steep. */
export function popular<T>(
  values: readonly T[],
  { steep, flat }: { steep: number; flat: number },
): Popular<T> {
  const sums = new Float64Array(values.length)
  let total = 0
  for (let k = 0; k < values.length; k++) {
    total += 1 / (k + flat) ** steep
    sums[k] = total
  }
  return (chance) => {
    const wanted = chance.next() * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sums[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    const value = values[low]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
}
