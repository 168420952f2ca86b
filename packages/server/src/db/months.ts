import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Makes the partitions of this month and the two after it. */
export async function makeMonthsAhead(db: Kysely<Database>, now: number): Promise<void> {
  const date = new Date(now)
  for (let ahead = 0; ahead <= 2; ahead++) {
    await makeMonth(db, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead))
  }
}

/**
 * Makes one month's partition of events, if it is not there. A partition cannot be attached while
 * the default one holds rows of its range, so those are moved into it in the same transaction.
 */
export async function makeMonth(db: Kysely<Database>, from: number): Promise<void> {
  const start = new Date(from)
  const name = monthName(start)
  const lowest = lowestId(from)
  const beyond = lowestId(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1))
  await db.transaction().execute(async (trx) => {
    // One server at a time; the others find the table there.
    await sql`select pg_advisory_xact_lock(hashtext('weir months'))`.execute(trx)
    if (await exists(trx, name)) return
    await sql`set local lock_timeout = '5s'`.execute(trx)
    await sql`lock table events_default in access exclusive mode`.execute(trx)
    await sql`create table ${sql.id(name)} (like events including all)`.execute(trx)
    // See migrations/0008_newest_batches.sql.
    await sql`alter table ${sql.id(name)} alter column properties set statistics 0`.execute(trx)
    await sql`
      with moved as (
        delete from events_default
        where event_id >= ${lowest} and event_id < ${beyond}
        returning *
      )
      insert into ${sql.id(name)}
      select * from moved`.execute(trx)
    await sql`
      alter table events attach partition ${sql.id(name)}
      for values from (${sql.lit(lowest)}) to (${sql.lit(beyond)})`.execute(trx)
  })
}

/** How the partition of a month is called: of two, the later one's name is the greater. */
export const monthName = (within: Date): string =>
  `events_${within.toISOString().slice(0, 7).replace('-', '_')}`

async function exists(trx: Transaction<Database>, table: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass(${table}) is not null as found`.execute(trx)
  return rows[0]?.found ?? false
}

/** The lowest UUID whose first 48 bits are this millisecond. */
export function lowestId(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
