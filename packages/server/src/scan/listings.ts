import type { PoolClient } from 'pg'
import { type Block, listBlocks } from './list-blocks.ts'
import type { Pin } from './pin.ts'

/** How many sites' lists are kept. */
const SITES = 16

/**
 * Which blocks a question reads, from memory where the last one of its site asked for the same days and
 * properties and nothing was woven since: parts that are there for one number of a weave never change.
 */
export class Listings {
  /** Least recently used first. */
  readonly #known = new Map<number, { key: string; blocks: Block[] }>()

  async list(client: PoolClient, pin: Pin, properties: readonly number[]): Promise<Block[]> {
    const { site_id, weave, days } = pin
    const key = [weave, days.first, days.last, ...properties].join()
    const known = this.#known.get(site_id)
    const blocks = known?.key === key ? known.blocks : await listBlocks(client, pin, properties)
    this.#known.delete(site_id)
    this.#known.set(site_id, { key, blocks })
    const [oldest] = this.#known.keys()
    if (this.#known.size > SITES && oldest !== undefined) this.#known.delete(oldest)
    return blocks
  }
}
