/**
 * Erases a visitor for good:
 * 1. Tombstones are committed: of the visitor, and of the visitor's orders. What comes from now on is refused.
 * 2. What was on its way to the database then is waited for.
 * 3. All that is stored of the visitor is erased: events, orders, timelines; what was refused, and set aside.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Db } from '../db/database.ts'
import { eraseVisitor } from '../weave/erase-visitor.ts'
import { visitorText } from './tombstones.ts'

const BURY = `
insert into tombstones (site_id, digest)
select $1, sha256(convert_to($3, 'UTF8'))
union
select site_id, sha256(convert_to('order ' || order_id, 'UTF8'))
from orders
where site_id = $1 and visitor_id = $2
on conflict do nothing`

/** Statements of ingest end within 5 s, those of an import within 30 s. */
const WAITS_MS = 32_000

/** Says how many events were erased. Again is harmless. */
export async function forgetVisitor(
  db: Pick<Db, 'ingest' | 'timelines'>,
  site_id: number,
  visitor_id: string,
): Promise<number> {
  const bury = () => db.ingest.query(BURY, [site_id, visitor_id, visitorText(visitor_id)])
  await bury()
  await waitForOthers(db.ingest)
  // Orders of events that were on their way.
  await bury()
  for (const table of ['quarantine', 'set_aside']) {
    const one = `delete from ${table} where site_id = $1 and visitor_id = $2`
    await db.ingest.query(one, [site_id, visitor_id])
  }
  return eraseVisitor(db, site_id, visitor_id)
}

/** Until every statement of ingest that runs now has ended; it may not see the tombstones. */
async function waitForOthers(pool: Pool): Promise<void> {
  const { rows: running } = await pool.query<{ pid: number; began: string }>(RUNNING)
  const giveUp = Date.now() + WAITS_MS
  for (let left = running.length; left > 0 && Date.now() < giveUp; await sleep(20)) {
    const { rows } = await pool.query<{ pid: number; began: string }>(RUNNING)
    left = rows.filter((now) =>
      running.some((then) => then.pid === now.pid && then.began === now.began),
    ).length
  }
}

const RUNNING = `
select pid, xact_start::text as began
from pg_stat_activity
where datname = current_database()
  and application_name = 'weir ingest'
  and state <> 'idle'
  and pid <> pg_backend_pid()`
