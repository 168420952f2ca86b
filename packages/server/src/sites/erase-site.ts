/**
 * Erases a site and everything it measured:
 * 1. Its keys are revoked, and committed: nobody asks any more.
 * 2. Its events go, some thousand at a time, each subtracted from its batch: whatever breaks off here is
 *    taken up again when it is asked again.
 * 3. Under the lock of the weave the site itself is locked, which waits for whoever writes for it and
 *    refuses who comes later; what was written meanwhile goes with all that is left, in one transaction.
 */
import type { Pool } from 'pg'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/in-transaction.ts'
import { waitForWeaveLock } from '../weave/lock.ts'

const AT_ONCE = 10_000

/** Says how many events were erased. */
export async function eraseSite(db: Pick<Db, 'timelines'>, site_id: number): Promise<number> {
  await db.timelines.query(
    'update keys set revoked_at = now() where site_id = $1 and revoked_at is null',
    [site_id],
  )
  const erased = await eraseEvents(db.timelines, site_id)
  return inTransaction(db.timelines, async (client) => {
    await waitForWeaveLock(client)
    await client.query('select from sites where site_id = $1 for update', [site_id])
    const left = await client.query('delete from events where site_id = $1', [site_id])
    for (const table of ['timelines', 'removals', 'quarantine', 'tombstones'])
      await client.query(`delete from ${table} where site_id = $1`, [site_id])
    // Keys, funnels, shares, orders, what they set aside, batches, names and properties go with it.
    await client.query('delete from sites where site_id = $1', [site_id])
    return erased + (left.rowCount ?? 0)
  })
}

async function eraseEvents(pool: Pool, site_id: number): Promise<number> {
  let erased = 0
  for (let after = ''; ; ) {
    const { rows } = await pool.query<{ events: number; last: string | null }>(ERASE_SOME, [
      site_id,
      after,
      AT_ONCE,
    ])
    const [{ events, last } = { events: 0, last: null }] = rows
    erased += events
    if (last === null) return erased
    after = last
  }
}

// Visitor by visitor, along the primary key.
const ERASE_SOME = `
with passed as (
  select max(visitor_id) as last
  from (
    select visitor_id
    from events
    where site_id = $1 and visitor_id > $2
    order by visitor_id
    limit $3
  ) as next
),
erased as (
  delete from events
  where site_id = $1
    and visitor_id > $2
    and visitor_id <= (select last from passed)
  returning batch_id
),
ledger as (
  update batches
  set events = batches.events - counted.events
  from (select batch_id, count(*)::integer as events from erased group by batch_id) as counted
  where batches.batch_id = counted.batch_id
)
select count(*)::float8 as events, (select last from passed) as last
from erased`
