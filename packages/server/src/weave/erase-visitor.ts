/**
 * Forgets a visitor, in one transaction under the lock of the weave:
 * 1. Orders, events and removals go, in the sequence in which ingest locks them. A batch counts what is left
 *    of it, or it would look short for ever; whoever is reading it finds another count and reads again.
 * 2. Of the days on which the visitor had events, also removed ones, the parts that hold the visitor are replaced.
 * The replaced parts are deleted ten minutes later, with all others. An event that is on its way to the
 * database now stays.
 */
import { type OpenPart, visitorHash } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/in-transaction.ts'
import { dropInDay } from './drop-in-day.ts'
import { waitForWeaveLock } from './lock.ts'
import { readCodes } from './read-codes.ts'

/** Says how many events were erased. */
export const eraseVisitor = (
  db: Pick<Db, 'timelines'>,
  site_id: number,
  visitor_id: string,
): Promise<number> =>
  inTransaction(db.timelines, async (client) => {
    await waitForWeaveLock(client)
    const { events, days } = await eraseRows(client, site_id, visitor_id)
    const codes = await readCodes(client, site_id)
    const hash = visitorHash(visitor_id)
    const find = (part: OpenPart) => eventsOf(part, hash)
    for (const day of days) await dropInDay(client, { site_id, day }, [hash], find, codes)
    return events
  })

const ORDERS = `
delete from orders
where site_id = $1 and visitor_id = $2`

const EVENTS = `
with erased as (
  delete from events
  where site_id = $1 and visitor_id = $2
  returning batch_id, at
),
counted as (
  select batch_id, count(*)::integer as events
  from erased
  group by batch_id
),
locked as (
  select batch_id
  from batches
  where batch_id in (select batch_id from counted)
  order by batch_id
  for update
),
ledger as (
  update batches
  set events = batches.events - counted.events
  from counted
  join locked using (batch_id)
  where batches.batch_id = counted.batch_id
),
removed as (
  delete from removals
  where site_id = $1 and visitor_id = $2
  returning at
),
moments as (
  select at, 1 as events
  from erased
  union all
  select at, 0
  from removed
)
select floor(extract(epoch from at) / 86400)::integer as day, sum(events)::integer as events
from moments
group by 1`

async function eraseRows(client: PoolClient, site_id: number, visitor_id: string) {
  await client.query(ORDERS, [site_id, visitor_id])
  const { rows } = await client.query<{ day: number; events: number }>(EVENTS, [
    site_id,
    visitor_id,
  ])
  return {
    events: rows.reduce((sum, { events }) => sum + events, 0),
    days: rows.map(({ day }) => day),
  }
}

/** Where in a part a visitor's events stand. */
function eventsOf({ core }: OpenPart, { hi, lo }: { hi: number; lo: number }): Set<number> {
  const positions = new Set<number>()
  for (let visitor = core.hi.indexOf(hi); core.hi[visitor] === hi; visitor++) {
    if (core.lo[visitor] !== lo) continue
    const end = core.ends[visitor] ?? 0
    for (let event = core.ends[visitor - 1] ?? 0; event < end; event++) positions.add(event)
  }
  return positions
}
