import type { Part } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { insertParts } from './insert-parts.ts'
import type { PartPlace } from './part-rows.ts'
import type { Codes } from './read-codes.ts'
import { insertWeave, nextWeave } from './weave-number.ts'

/** Puts a part, or nothing, in the place of one; a weave of its own. Under the lock. */
export async function replacePart(
  client: PoolClient,
  site_id: number,
  { day, weave, slots, slot }: PartPlace,
  part: Part | null,
  codes: Codes,
): Promise<void> {
  const number = await nextWeave(client)
  const parts = part ? [part] : []
  await insertParts(client, site_id, number, parts, codes.ofProperty)
  await client.query(
    `
    update timelines
    set replaced_by = $1, replaced_at = clock_timestamp()
    where site_id = $2
      and day = date '1970-01-01' + $3::integer
      and weave = $4
      and slots = $5
      and slot = $6
      and replaced_by is null`,
    [number, site_id, day, weave, slots, slot],
  )
  await insertWeave(client, number, parts.length)
}
