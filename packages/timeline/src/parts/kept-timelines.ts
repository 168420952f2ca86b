import type { Column } from '../timeline.ts'
import type { HashedTimelines } from './gather-parts.ts'
import type { Hashes } from './hashes.ts'

/**
 * Timelines of a range of visitors that stay for the next question, which then need not be gathered again.
 * Names' codes and codes of values keep their meaning: the arena that they were gathered in must not forget.
 */
export interface KeptTimelines {
  readonly hashes: Hashes
  readonly ends: Uint32Array
  readonly at: Float64Array
  readonly codes: Uint16Array
  readonly columns: ReadonlyMap<string, Column>
  readonly bytes: number
}

/** Copies what was gathered out of its arena. */
export function keep({ hashes, ends, at, codes, columns }: HashedTimelines): KeptTimelines {
  const own = new Map<string, Column>()
  for (const [property, column] of columns)
    own.set(property, { ...column, codes: column.codes.slice() })
  const numbers = [hashes.hi, hashes.lo, ends, at, codes, ...[...own.values()].map((c) => c.codes)]
  return {
    hashes,
    ends: ends.slice(),
    at: at.slice(),
    codes: codes.slice(),
    columns: own,
    bytes: numbers.reduce((sum, { byteLength }) => sum + byteLength, 0),
  }
}
