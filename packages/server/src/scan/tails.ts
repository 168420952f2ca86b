import type { OpenPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import type { Codes } from '../weave/read-codes.ts'
import type { Pin } from './pin.ts'
import { partsOfDays, weaveBatches } from './tail-parts.ts'

/** Batches that were woven in memory together. */
interface Skein {
  /** How many events each batch had. */
  events: ReadonlyMap<number, number>
  parts: readonly OpenPart[]
}

/** How many sites' tails are remembered, and of how many skeins. */
const SITES = 16
const SKEINS = 32

/** What is not woven yet, woven in memory: each batch once, however many questions come before it is woven. */
export class Tails {
  /** By site, least recently used first. */
  readonly #skeins = new Map<number, Skein[]>()

  /** Throws TailChanged. */
  async parts(connect: () => Promise<PoolClient>, pin: Pin, codes: Codes): Promise<OpenPart[]> {
    const { site_id, tail, days } = pin
    const waiting = new Map(tail.map(({ batch_id, events }) => [batch_id, events]))
    const known = this.#skeins.get(site_id) ?? []
    let skeins = known.filter(({ events }) =>
      [...events].every(([batch, count]) => waiting.get(batch) === count),
    )
    if (skeins.length === SKEINS) skeins = []
    const missing = tail.filter(
      ({ batch_id }) => !skeins.some(({ events }) => events.has(batch_id)),
    )
    if (missing.length > 0)
      skeins = [
        ...skeins,
        {
          events: new Map(missing.map(({ batch_id, events }) => [batch_id, events])),
          parts: await weaveBatches(await connect(), site_id, missing, codes),
        },
      ]
    this.#skeins.delete(site_id)
    if (skeins.length > 0) this.#skeins.set(site_id, skeins)
    const [oldest] = this.#skeins.keys()
    if (this.#skeins.size > SITES && oldest !== undefined) this.#skeins.delete(oldest)
    return partsOfDays(
      skeins.flatMap(({ parts }) => parts),
      days,
    )
  }
}
