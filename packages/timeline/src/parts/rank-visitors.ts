import { visitorHash } from './visitor-hash.ts'

/** The visitors of some rows in the order of their hashes. */
export interface RankedVisitors {
  /** By rank. */
  readonly hi: Uint32Array
  readonly lo: Uint32Array
  readonly ids: readonly string[]
  /** The rank of every row's visitor. */
  readonly ranks: Uint32Array
}

/** Hashes every visitor once; `numbers` has for every row the position of its visitor in `ids`. Two of one hash have one rank. */
export function rankVisitors(ids: readonly string[], numbers: readonly number[]): RankedVisitors {
  const hi = new Uint32Array(ids.length)
  const lo = new Uint32Array(ids.length)
  for (let number = 0; number < ids.length; number++) {
    const hash = visitorHash(ids[number]!)
    hi[number] = hash.hi
    lo[number] = hash.lo
  }
  const sorted = Uint32Array.from(ids.keys()).sort((a, b) => hi[a]! - hi[b]! || lo[a]! - lo[b]!)
  const rankOf = new Uint32Array(ids.length)
  const first: number[] = []
  for (let i = 0; i < sorted.length; i++) {
    const number = sorted[i]!
    const last = first[first.length - 1]
    if (last === undefined || hi[last] !== hi[number] || lo[last] !== lo[number]) first.push(number)
    rankOf[number] = first.length - 1
  }
  return {
    hi: Uint32Array.from(first, (number) => hi[number]!),
    lo: Uint32Array.from(first, (number) => lo[number]!),
    ids: first.map((number) => ids[number]!),
    ranks: Uint32Array.from(numbers, (number) => rankOf[number]!),
  }
}
