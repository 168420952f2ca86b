/**
 * Columns of parts that were read once, in memory that all threads share.
 *
 * 1. What one thread fetched at one time is one slab: its blocks stand one after the other.
 * 2. Parts are never changed, so a block may stay for the next question; one that a question of its days
 *    does not list any more was replaced, and is forgotten.
 * 3. A slab goes when all its blocks are forgotten; when there is too much, the one that was not used for
 *    the longest time.
 */
import { CORE } from '../weave/part-rows.ts'
import type { Block } from './list-blocks.ts'

/** Where a block stands in shared memory: its slab's number, and from which byte on. */
export interface Shared {
  slab: number
  offset: number
  bytes: number
}

interface Kept extends Shared {
  block: Block
}

interface Slab {
  site_id: number
  memory: SharedArrayBuffer
  keys: Set<string>
}

export const keyOf = ({ day, weave, slots, slot, property }: Omit<Block, 'bytes' | 'events'>) =>
  `${day} ${weave} ${slots} ${slot} ${property}`

/** Numbers are read in place: each block begins at a multiple of eight bytes. */
export function offsetsOf(blocks: readonly { bytes: number }[]): {
  offsets: number[]
  total: number
} {
  let total = 0
  const offsets = blocks.map(({ bytes }) => {
    const offset = total
    total += Math.ceil(bytes / 8) * 8
    return offset
  })
  return { offsets, total }
}

export class SharedBlocks {
  /** By site, then by key. */
  readonly #places = new Map<number, Map<string, Kept>>()
  /** Least recently used first. */
  readonly #slabs = new Map<number, Slab>()
  #last = 0

  find(site_id: number, block: Block): Shared | undefined {
    return this.#places.get(site_id)?.get(keyOf(block))
  }

  add(site_id: number, blocks: readonly Block[], memory: SharedArrayBuffer) {
    const slab = ++this.#last
    const places = this.#places.get(site_id) ?? new Map<string, Kept>()
    this.#places.set(site_id, places)
    const { offsets } = offsetsOf(blocks)
    for (const [index, block] of blocks.entries())
      places.set(keyOf(block), { slab, offset: offsets[index] ?? 0, bytes: block.bytes, block })
    this.#slabs.set(slab, { site_id, memory, keys: new Set(blocks.map(keyOf)) })
  }

  /** Slabs by their numbers, which count as used from now on. */
  take(numbers: Iterable<number>): Map<number, SharedArrayBuffer> {
    const taken = new Map<number, SharedArrayBuffer>()
    for (const number of new Set(numbers)) {
      const slab = this.#slabs.get(number)
      if (!slab) continue
      this.#slabs.delete(number)
      this.#slabs.set(number, slab)
      taken.set(number, slab.memory)
    }
    return taken
  }

  /** Every slab there is. */
  get numbers(): number[] {
    return [...this.#slabs.keys()]
  }

  get bytes(): number {
    return [...this.#slabs.values()].reduce((sum, { memory }) => sum + memory.byteLength, 0)
  }

  /** Forgets what of these days and properties is not listed: it was replaced. */
  forgetReplaced(
    { site_id, days }: { site_id: number; days: { first: number; last: number } },
    properties: ReadonlySet<number>,
    listed: readonly Block[],
  ) {
    const live = new Set(listed.map(keyOf))
    for (const [key, { slab, block }] of this.#places.get(site_id) ?? []) {
      const { day, property } = block
      const isAsked = day >= days.first && day <= days.last
      const isRead = property === CORE || properties.has(property)
      if (!isAsked || !isRead || live.has(key)) continue
      this.#places.get(site_id)?.delete(key)
      const keys = this.#slabs.get(slab)?.keys
      keys?.delete(key)
      if (keys?.size === 0) this.#slabs.delete(slab)
    }
  }

  /** Forgets the least recently used slabs until no more than that is left. */
  shrinkTo(bytes: number) {
    for (const [number, { site_id, keys }] of this.#slabs) {
      if (this.bytes <= bytes) return
      this.#slabs.delete(number)
      for (const key of keys) this.#places.get(site_id)?.delete(key)
    }
  }
}
