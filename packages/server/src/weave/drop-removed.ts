/**
 * Drops from their parts the events that left the truth after they were woven:
 * 1. Removals are listed after the batches that this weave takes. What replaced a removed event was
 *    committed together with its removal: so it is in no part before the removed one is dropped.
 * 2. Of each day the parts that may hold such an event are read, one after the other; one that does is replaced.
 * 3. The removals get the number of the weave: questions pinned to it need them no more.
 */
import { type OpenPart, visitorHash } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { type Day, daysOf } from './day.ts'
import { dropInDay } from './drop-in-day.ts'
import { findRemoved, type Removal } from './find-removed.ts'
import { readCodes } from './read-codes.ts'

/** A removed event that is still in a part. */
export interface PendingRemoval extends Removal, Day {
  removal_id: number
}

/** Under the lock. */
export async function listRemovals(client: PoolClient): Promise<PendingRemoval[]> {
  const { rows } = await client.query<PendingRemoval>(
    `
    select
      removal_id, site_id, visitor_id, name, order_id,
      (extract(epoch from at) * 1000)::float8 as at,
      floor(extract(epoch from at) / 86400)::integer as day
    from removals
    where woven is null`,
  )
  return rows
}

/** Replaces the parts that hold removed events. Says which days changed. */
export async function dropRemoved(
  client: PoolClient,
  removals: readonly PendingRemoval[],
): Promise<Day[]> {
  const changed: Day[] = []
  for (const day of daysOf(removals)) {
    const own = removals.filter((one) => one.site_id === day.site_id && one.day === day.day)
    const codes = await readCodes(client, day.site_id)
    const visitors = own.map(({ visitor_id }) => visitorHash(visitor_id))
    const find = (part: OpenPart) => findRemoved(part, own, codes.names)
    if (await dropInDay(client, day, visitors, find, codes)) changed.push(day)
  }
  return changed
}

/** Under the lock, with the number of this transaction's last weave. */
export async function settleRemovals(
  client: PoolClient,
  weave: number,
  removals: readonly PendingRemoval[],
): Promise<void> {
  await client.query('update removals set woven = $1 where removal_id = any($2::bigint[])', [
    weave,
    removals.map(({ removal_id }) => removal_id),
  ])
}
