/** How to bring one visitor's events into order: what stands at `begin + i` comes from `order[i]`. */
export interface Repair {
  readonly begin: number
  readonly order: Uint32Array
}

/** Equal times keep their sequence. */
export function repairOf(at: Float64Array, begin: number, end: number): Repair {
  const order = Uint32Array.from({ length: end - begin }, (_, index) => begin + index)
  return { begin, order: order.sort((a, b) => at[a]! - at[b]! || a - b) }
}

/** Brings one column of events into order. */
export function repair(column: Float64Array | Uint16Array | Uint32Array, { begin, order }: Repair) {
  const before = column.slice(begin, begin + order.length)
  for (let i = 0; i < order.length; i++) column[begin + i] = before[order[i]! - begin]!
}
