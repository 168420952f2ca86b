/**
 * Weaves what was committed since into timelines:
 * 1. One server at a time, for the length of one transaction; the others come back empty-handed.
 * 2. The oldest open batches are read, counted, and woven into parts, site by site.
 * 3. The parts, the weave's row, and its number on the batches are committed together: a kill at any
 *    point leaves either all of it or nothing.
 */
import { type Part, weaveParts } from '@weir/timeline/parts'
import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../db/in-transaction.ts'
import { insertParts } from './insert-parts.ts'
import { nextWeave, takeWeaveLock } from './lock.ts'
import { readCodes } from './read-codes.ts'
import { type Batch, readBatches } from './read-rows.ts'

const MOST_EVENTS = 200_000

export interface Woven {
  events: number
  /** Whether more waits than one weave takes. */
  more: boolean
  /** The days that were touched, as `site day`. */
  days: { site_id: number; day: number }[]
}

const NOTHING: Woven = { events: 0, more: false, days: [] }

export const weave = (pool: Pool): Promise<Woven> =>
  inTransaction(pool, async (client) => {
    if (!(await takeWeaveLock(client))) return NOTHING
    const open = await listOpenBatches(client)
    if (open.length === 0) return NOTHING
    const number = await nextWeave(client)
    const days: Woven['days'] = []
    let parts = 0
    let events = 0
    for (const [site_id, batches] of bySite(open)) {
      const { rows, whole } = await readBatches(client, site_id, batches)
      const codes = await readCodes(client, site_id)
      const woven: Part[] = weaveParts(rows, codes.ofName)
      await insertParts(client, site_id, number, woven, codes.ofProperty)
      await markWoven(client, number, whole)
      parts += woven.length
      events += rows.length
      for (const day of new Set(woven.map((part) => part.day))) days.push({ site_id, day })
    }
    await client.query('insert into weaves (weave, parts) values ($1, $2)', [number, parts])
    return { events, more: events >= MOST_EVENTS, days }
  })

/** The oldest batches that wait, up to about MOST_EVENTS events. */
async function listOpenBatches(client: PoolClient): Promise<Batch[]> {
  const { rows } = await client.query<Batch>(
    `
    select batch_id, site_id, events, lowest, highest
    from (
      select *, sum(events) over (order by batch_id) - events as before
      from batches
      where woven is null
    ) as open
    where before < $1
    order by batch_id`,
    [MOST_EVENTS],
  )
  return rows
}

// An event may leave the truth while its batch is being read: then the count differs, and all is undone.
async function markWoven(
  client: PoolClient,
  weave: number,
  batches: readonly Batch[],
): Promise<void> {
  const { rowCount } = await client.query(
    `
    update batches
    set woven = $1
    from unnest($2::bigint[], $3::integer[]) as read (batch_id, events)
    where batches.batch_id = read.batch_id
      and batches.events = read.events
      and woven is null`,
    [weave, batches.map(({ batch_id }) => batch_id), batches.map(({ events }) => events)],
  )
  if (rowCount !== batches.length)
    throw new Error('a batch changed while it was woven; tried again later')
}

function bySite(batches: readonly Batch[]): Map<number, Batch[]> {
  const sites = new Map<number, Batch[]>()
  for (const batch of batches) {
    const own = sites.get(batch.site_id)
    if (own) own.push(batch)
    else sites.set(batch.site_id, [batch])
  }
  return sites
}
