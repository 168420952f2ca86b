/**
 * Merges layers of one day, reading no more than a slot of all of them at once:
 * 1. The day is gone through slot by slot, by the finest cut that any layer has.
 * 2. Of layers cut as fine the slot's parts are read. A part that is cut coarser is read when its first
 *    slot comes, and split; its pieces wait until the last of its slots is done.
 * 3. What belongs to the slot is merged, and cut finer where the day has grown.
 */
import { mergeParts, type OpenPart, openPart, type Part, splitPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import type { Layer } from './choose-merge.ts'
import type { Day } from './day.ts'
import type { Codes } from './read-codes.ts'
import { readLiveParts } from './read-live-parts.ts'

/** Gives the new parts of the day, some at a time, `slots` in all. */
export async function* mergeLayers(
  client: PoolClient,
  day: Day,
  layers: readonly Layer[],
  slots: number,
  codes: Codes,
): AsyncGenerator<Part[]> {
  const count = Math.min(slots, Math.max(...layers.map((layer) => layer.slots)))
  const weaves = layers.filter((layer) => layer.slots >= count).map(({ weave }) => weave)
  const coarse = layers.filter((layer) => layer.slots < count).map(splitterOf)
  for (let index = 0; index < count; index++) {
    const fine = await readLiveParts(client, { ...day, weaves, index, count }, codes)
    const pieces = fine.map(({ part }) => part)
    for (const take of coarse) pieces.push(...(await take(index)))
    if (pieces.length > 0) yield mergeParts(pieces, slots)
  }

  /** What a coarser layer has of a slot; slots come in ascending order. */
  function splitterOf({ weave, slots: own }: Layer): (index: number) => Promise<OpenPart[]> {
    let read = -1
    let pieces: OpenPart[] = []
    return async (index) => {
      const slot = Math.floor((index * own) / count)
      if (slot !== read) {
        const wanted = { ...day, weaves: [weave], index: slot, count: own }
        const parts = await readLiveParts(client, wanted, codes)
        pieces = parts.flatMap(({ part }) => splitPart(part, count)).map(openPart)
        read = slot
      }
      return pieces.filter(({ core }) => core.slot === index)
    }
  }
}
