import type { Row } from './row.ts'
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

/** Hashes every visitor once. Two of one hash have one rank. */
export function rankVisitors(rows: readonly Row[]): RankedVisitors {
  const { ids, numbers } = numberVisitors(rows)
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
    ranks: numbers.map((number) => rankOf[number]!),
  }
}

/** Numbers visitors in the order in which they come. */
function numberVisitors(rows: readonly Row[]): { ids: string[]; numbers: Uint32Array } {
  const known = new Map<string, number>()
  const ids: string[] = []
  const numbers = new Uint32Array(rows.length)
  for (let index = 0; index < rows.length; index++) {
    const { visitor_id } = rows[index]!
    let number = known.get(visitor_id)
    if (number === undefined) {
      number = ids.push(visitor_id) - 1
      known.set(visitor_id, number)
    }
    numbers[index] = number
  }
  return { ids, numbers }
}
