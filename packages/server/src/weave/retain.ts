/**
 * Deletes what is older than the installation keeps, by whole UTC days:
 * 1. Parts of timelines of those days: a weave, under the lock, that replaces them by nothing.
 * 2. Partitions of months that are over, in which nothing is younger, as a whole.
 * 3. The other events of those days, some thousand at a time.
 * Every event that goes is subtracted from its batch in the same transaction, or the batch would look
 * short for ever. What is woven of those days meanwhile goes with the next run. Orders stay: an order id
 * gives at most one event, for ever.
 */
import type { PoolClient } from 'pg'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/in-transaction.ts'
import { monthName } from '../db/months.ts'
import { waitForWeaveLock } from './lock.ts'
import { insertWeave, nextWeave } from './weave-number.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 10_000

/** Says how many events were deleted. */
export async function retain(
  db: Pick<Db, 'timelines'>,
  days: number,
  now: number,
): Promise<number> {
  const before = new Date((Math.floor(now / DAY_MS) - days) * DAY_MS)
  await inTransaction(db.timelines, (client) => dropParts(client, before))
  await db.timelines.query('delete from quarantine where received_at < $1', [before])
  await db.timelines.query('delete from set_aside where at < $1', [before])
  let deleted = 0
  for (const partition of await listPartitions(db)) {
    const dropped = await inTransaction(db.timelines, (client) =>
      dropPartition(client, partition, before),
    )
    deleted += dropped ?? (await deleteEvents(db, partition, before))
  }
  return deleted
}

async function dropParts(client: PoolClient, before: Date): Promise<void> {
  await waitForWeaveLock(client)
  const number = await nextWeave(client)
  const { rowCount } = await client.query(
    `
    update timelines
    set replaced_by = $1, replaced_at = clock_timestamp()
    where day < ($2::timestamptz at time zone 'UTC')::date
      and replaced_by is null`,
    [number, before],
  )
  if (rowCount) await insertWeave(client, number, 0)
}

interface Partition {
  name: string
  is_default: boolean
}

async function listPartitions({ timelines }: Pick<Db, 'timelines'>): Promise<Partition[]> {
  const { rows } = await timelines.query<Partition>(`
    select
      inhrelid::regclass::text as name,
      pg_get_expr(relpartbound, inhrelid) = 'DEFAULT' as is_default
    from pg_inherits
    join pg_class on pg_class.oid = inhrelid
    where inhparent = 'events'::regclass
    order by 1`)
  return rows
}

/** How many events went with it; null where it has to stay. */
async function dropPartition(
  client: PoolClient,
  { name, is_default }: Partition,
  before: Date,
): Promise<number | null> {
  // A month to come may hold an old event already, of a page whose clock was ahead.
  if (is_default || name >= monthName(before)) return null
  await client.query(`set local lock_timeout = '5s'`)
  const { rows } = await client.query<{ events: number; youngest: Date | null }>(
    `select count(*)::float8 as events, max(at) as youngest from ${name}`,
  )
  const [{ events, youngest } = { events: 0, youngest: null }] = rows
  if (youngest !== null && youngest >= before) return null
  // What was written since is seen by the next statement, and keeps it.
  await client.query(`lock table ${name} in access exclusive mode`)
  const { rowCount } = await client.query(`select from ${name} where at >= $1 limit 1`, [before])
  if (rowCount) return null
  await client.query(SUBTRACT(`select batch_id from ${name}`))
  await client.query(`drop table ${name}`)
  return events
}

async function deleteEvents(
  { timelines }: Pick<Db, 'timelines'>,
  { name }: Partition,
  before: Date,
): Promise<number> {
  for (let deleted = 0; ; ) {
    const { rows } = await timelines.query<{ events: number }>(DELETE(name), [before, AT_ONCE])
    const events = rows[0]?.events ?? 0
    deleted += events
    if (events < AT_ONCE) return deleted
  }
}

const DELETE = (name: string) => `
with deleted as (
  delete from ${name}
  where ctid = any (array(select ctid from ${name} where at < $1 limit $2))
  returning batch_id
),
ledger as (${SUBTRACT('select batch_id from deleted')})
select count(*)::float8 as events
from deleted`

const SUBTRACT = (gone: string) => `
  update batches
  set events = batches.events - counted.events
  from (
    select batch_id, count(*)::integer as events
    from (${gone}) as gone
    group by batch_id
  ) as counted
  where batches.batch_id = counted.batch_id`
