import { checksumOf } from './block.ts'
import { encodeCore } from './core.ts'
import { encodeColumn } from './encode-column.ts'
import type { Part, PartEvents, Settings } from './part.ts'
import { encodeVisitorIds } from './visitor-ids.ts'

/** Packs the events of one day and slot, and their properties. */
export function encodePart(part: PartEvents, settings: ReadonlyMap<string, Settings>): Part {
  const { day, slots, slot, ends, ids, ms } = part
  const core = encodeCore(part, settings.size)
  const checksum = checksumOf(core)
  const columns = new Map<string, Uint8Array>()
  for (const [property, own] of settings) columns.set(property, encodeColumn(own, ends, checksum))
  const visitorIds = encodeVisitorIds(ids, checksum)
  return { day, slots, slot, events: ms.length, visitors: ends.length, core, visitorIds, columns }
}
