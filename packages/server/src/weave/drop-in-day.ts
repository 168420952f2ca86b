import type { OpenPart, VisitorHash } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import type { Day } from './day.ts'
import { dropEvents } from './drop-events.ts'
import { listLiveParts } from './list-live-parts.ts'
import type { Codes } from './read-codes.ts'
import { readLiveParts } from './read-live-parts.ts'
import { replacePart } from './replace-part.ts'

/**
 * Replaces the parts of a day in which `find` finds events of these visitors by parts without them; each is
 * a weave of its own, so that no two have one place. Says whether there were any. Under the lock.
 */
export async function dropInDay(
  client: PoolClient,
  day: Day,
  visitors: readonly VisitorHash[],
  find: (part: OpenPart) => ReadonlySet<number>,
  codes: Codes,
): Promise<boolean> {
  let changed = false
  for (const place of await listLiveParts(client, day, visitors)) {
    const { weave, slot: index, slots: count } = place
    const wanted = { ...day, weaves: [weave], index, count }
    for (const { part } of await readLiveParts(client, wanted, codes)) {
      const positions = find(part)
      if (positions.size === 0) continue
      await replacePart(client, day.site_id, place, dropEvents(part, positions), codes)
      changed = true
    }
  }
  return changed
}
