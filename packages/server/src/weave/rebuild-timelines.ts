/**
 * Throws all parts away and weaves everything anew from events:
 * 1. In one transaction, under the lock: questions see the old parts until it is committed, then the new
 *    ones. Only batches that are woven are read: the open ones are in the tail, before and after.
 * 2. Removals that are there before anything is read are settled: their events are not read. One that comes
 *    later stays, and the next weave drops its event, if that was read before it went.
 * 3. Batches are read in the order in which they came, so mostly day after day, about MOST_EVENTS at once.
 *    One that an event left while it was read is read again. Every round is a weave of its own.
 * 4. After the commit the days are merged.
 */
import type { PoolClient } from 'pg'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/in-transaction.ts'
import { listRemovals, settleRemovals } from './drop-removed.ts'
import { insertParts } from './insert-parts.ts'
import { waitForWeaveLock } from './lock.ts'
import { merge } from './merge.ts'
import { codeOfName, readCodes } from './read-codes.ts'
import { type Batch, readBatches } from './read-rows.ts'
import { insertWeave, nextWeave } from './weave-number.ts'

const MOST_EVENTS = 200_000
const TRIES = 5

/** How many events of how many are woven. */
export type OnProgress = (done: number, total: number) => void

export async function rebuildTimelines(
  db: Pick<Db, 'timelines'>,
  onProgress: OnProgress = () => undefined,
): Promise<void> {
  await inTransaction(db.timelines, (client) => rebuild(client, onProgress))
  let merged = true
  while (merged) merged = await merge(db.timelines, { quiet_ms: 0 })
}

async function rebuild(client: PoolClient, onProgress: OnProgress): Promise<void> {
  await waitForWeaveLock(client)
  const removals = await listRemovals(client)
  const total = await countWoven(client)
  const first = await nextWeave(client)
  let done = 0
  onProgress(done, total)
  for (let after = 0; ; ) {
    const batches = await listWovenBatches(client, after)
    const last = batches.at(-1)
    if (!last) break
    done += await weaveAnew(client, batches)
    onProgress(done, total)
    after = last.batch_id
  }
  const number = await nextWeave(client)
  await settleRemovals(client, number, removals)
  await replaceBefore(client, first)
  await insertWeave(client, number, 0)
}

async function weaveAnew(client: PoolClient, batches: readonly Batch[]): Promise<number> {
  const number = await nextWeave(client)
  let parts = 0
  let events = 0
  for (const site_id of new Set(batches.map((batch) => batch.site_id))) {
    const ids = batches.filter((batch) => batch.site_id === site_id).map(({ batch_id }) => batch_id)
    const read = await readWhole(client, site_id, ids)
    const codes = await readCodes(client, site_id)
    const woven = read.weave(codeOfName(codes))
    await insertParts(client, site_id, number, woven, codes.ofProperty)
    parts += woven.length
    events += read.events
  }
  await insertWeave(client, number, parts)
  return events
}

async function readWhole(client: PoolClient, site_id: number, ids: readonly number[]) {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const { rows: batches } = await client.query<Batch>(
      `select batch_id, site_id, events, lowest, highest from batches where batch_id = any($1::bigint[])`,
      [ids],
    )
    const read = await readBatches(client, site_id, batches)
    if (read.whole.length === ids.length) return read
  }
  throw new Error(
    `the batches of site ${site_id} keep changing, or count events that are not there`,
  )
}

async function countWoven(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ events: number }>(
    'select coalesce(sum(events), 0)::float8 as events from batches where woven is not null',
  )
  return rows[0]?.events ?? 0
}

/** The next ones after a batch, up to about MOST_EVENTS events. */
async function listWovenBatches(client: PoolClient, after: number): Promise<Batch[]> {
  const { rows } = await client.query<Batch>(
    `
    select batch_id, site_id, events, lowest, highest
    from (
      select *, sum(events) over (order by batch_id) - events as before
      from (
        select *
        from batches
        where woven is not null
          and batch_id > $1
        order by batch_id
        limit $2
      ) as next
    ) as next
    where before < $2
    order by batch_id`,
    [after, MOST_EVENTS],
  )
  return rows
}

// As late as can be: from `replaced_at` on questions have ten minutes to finish.
const replaceBefore = (client: PoolClient, weave: number) =>
  client.query(
    `
    update timelines
    set replaced_by = $1, replaced_at = clock_timestamp()
    where replaced_by is null
      and weave < $1`,
    [weave],
  )
