import { CORE, VISITOR_IDS } from '../weave/part-rows.ts'
import type { Block } from './list-blocks.ts'
import type { SharedPart } from './open-shared.ts'
import type { Shared, SharedBlocks } from './shared-blocks.ts'

/** How a question's visitors are cut into ranges, and which columns of parts all threads share. */
export interface Cut {
  /** A power of two. */
  ranges: number
  shares: Block[]
  /** Whether there are others: those are read by the threads, a range at a time. */
  streams: boolean
}

const MOST_RANGES = 256

/**
 * What fits into shared memory is shared. Of more only the parts that several ranges need are: ranges are
 * then as the slots of most parts, so that those are few.
 */
export function cutOf(
  blocks: readonly Block[],
  limits: { events_a_range: number; shared_bytes: number },
): Cut {
  const cores = blocks.filter(({ property }) => property === CORE)
  const events = cores.reduce((sum, core) => sum + core.events, 0)
  const byEvents = powerOfTwo(events / limits.events_a_range)
  if (bytesOf(blocks) <= limits.shared_bytes)
    return { ranges: byEvents, shares: [...blocks], streams: false }
  const half = bytesOf(blocks) / 2
  const slots = [256, 16].find(
    (slots) => bytesOf(blocks.filter((block) => block.slots >= slots)) > half,
  )
  const ranges = slots ?? byEvents
  return {
    ranges,
    shares: blocks.filter((block) => block.slots < ranges),
    streams: blocks.some((block) => block.slots >= ranges),
  }
}

const bytesOf = (blocks: readonly Block[]) => blocks.reduce((sum, { bytes }) => sum + bytes, 0)

function powerOfTwo(least: number): number {
  let power = 1
  while (power < MOST_RANGES && power < least) power *= 2
  return power
}

/** Blocks in shared memory as parts: each part's core with those of its columns that are needed. */
export function partsIn(
  shared: SharedBlocks,
  site_id: number,
  blocks: readonly Block[],
  properties: ReadonlyMap<string, number>,
): SharedPart[] {
  const names = new Map(Array.from(properties, ([name, code]) => [code, name]))
  const parts = new Map<
    string,
    { core?: Shared; ids: Shared | null; columns: SharedPart['columns'] }
  >()
  for (const block of blocks) {
    const place = shared.find(site_id, block)
    if (!place) throw new Error('a block that was not fetched')
    const key = `${block.day} ${block.weave} ${block.slots} ${block.slot}`
    const part = parts.get(key) ?? { ids: null, columns: [] }
    parts.set(key, part)
    const name = names.get(block.property)
    if (block.property === CORE) part.core = place
    else if (block.property === VISITOR_IDS) part.ids = place
    else if (name !== undefined) part.columns.push([name, place])
  }
  return Array.from(parts).flatMap(([key, { core, ids, columns }]) =>
    core ? [{ key, core, ids, columns }] : [],
  )
}
