/**
 * Weaves what was committed since into timelines:
 * 1. One server at a time, for the length of one transaction; the others come back empty-handed.
 * 2. Events that left the truth after they were woven are dropped from their parts.
 * 3. The oldest open batches are read, counted, and woven into parts, site by site.
 * 4. The parts, the weave's row, and its number on the batches are committed together: a kill at any
 *    point leaves either all of it or nothing.
 * 5. A batch that an event left while it was read has another count then: all is undone, and done again.
 */
import type { Part } from '@weir/timeline/parts'
import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../db/in-transaction.ts'
import type { Day } from './day.ts'
import { dropRemoved, listRemovals, settleRemovals } from './drop-removed.ts'
import { insertParts } from './insert-parts.ts'
import { takeWeaveLock } from './lock.ts'
import { codeOfName, readCodes } from './read-codes.ts'
import { type Batch, readBatches } from './read-rows.ts'
import { insertWeave, nextWeave } from './weave-number.ts'

const MOST_EVENTS = 200_000
const TRIES = 5

export interface Woven {
  events: number
  /** Whether more waits than one weave takes. */
  more: boolean
  /** The days that were touched. */
  days: Day[]
  /** Of sites that could not be woven. */
  failures: unknown[]
}

const NOTHING: Woven = { events: 0, more: false, days: [], failures: [] }

export async function weave(pool: Pool): Promise<Woven> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(pool, weaveOpen)
    } catch (error) {
      if (!(error instanceof BatchChanged) || attempt === TRIES) throw error
    }
  }
}

async function weaveOpen(client: PoolClient): Promise<Woven> {
  if (!(await takeWeaveLock(client))) return NOTHING
  // In this sequence: see drop-removed.ts.
  const open = await listOpenBatches(client)
  const removals = await listRemovals(client)
  if (open.length === 0 && removals.length === 0) return NOTHING
  const days = await dropRemoved(client, removals)
  const number = await nextWeave(client)
  let parts = 0
  let events = 0
  const failures: unknown[] = []
  for (const [site_id, batches] of bySite(open)) {
    try {
      const woven = await weaveSite(client, number, site_id, batches)
      parts += woven.length
      for (const part of woven) events += part.events
      for (const day of new Set(woven.map((part) => part.day))) days.push({ site_id, day })
    } catch (error) {
      if (error instanceof BatchChanged) throw error
      failures.push(error)
    }
  }
  // One site that cannot be woven must not keep the others from it.
  if (failures.length > 0 && parts === 0) throw failures[0]
  await settleRemovals(client, number, removals)
  await insertWeave(client, number, parts)
  return { events, more: events >= MOST_EVENTS, days, failures }
}

/** All of a site, or nothing. */
async function weaveSite(
  client: PoolClient,
  number: number,
  site_id: number,
  batches: readonly Batch[],
): Promise<Part[]> {
  await client.query('savepoint site')
  try {
    const read = await readBatches(client, site_id, batches)
    const codes = await readCodes(client, site_id)
    const woven = read.weave(codeOfName(codes))
    await insertParts(client, site_id, number, woven, codes.ofProperty)
    await markWoven(client, number, read.whole)
    return woven
  } catch (error) {
    await client.query('rollback to savepoint site')
    throw error
  }
}

/** The oldest batches that wait, up to about MOST_EVENTS events. */
async function listOpenBatches(client: PoolClient): Promise<Batch[]> {
  const { rows } = await client.query<Batch>(
    `
    select batch_id, site_id, events, lowest, highest
    from (
      select *, sum(events) over (partition by site_id order by batch_id) - events as before
      from batches
      where woven is null
    ) as open
    where before < $1
    order by batch_id`,
    [MOST_EVENTS],
  )
  return rows
}

/** An event left a batch while it was woven. */
class BatchChanged extends Error {}

// The rows are locked from here to the commit: an event that leaves later finds its batch woven.
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
  if (rowCount !== batches.length) throw new BatchChanged('a batch changed while it was woven')
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
