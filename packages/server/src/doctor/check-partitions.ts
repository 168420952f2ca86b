import { count } from '@weir/client/text'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import { bad, type Finding, good, look } from './finding.ts'

const AHEAD = 2
const MANY_ROWS = 100_000

/** The month of now and the two after it have partitions. */
export async function checkPartitions(db: Kysely<Database>, now: number): Promise<Finding> {
  const { rows } = await sql<{ name: string }>`
    select relname as name
    from pg_inherits
    join pg_class on pg_class.oid = inhrelid
    where inhparent = 'events'::regclass`.execute(db)
  const there = new Set(rows.map(({ name }) => name))
  const missing = monthsAhead(now).filter((month) => !there.has(`events_${month}`))
  const months = there.size - 1
  if (missing.length === 0) {
    return good('partitions', `${months} months, made up to ${monthsAhead(now).at(-1)}`)
  }
  return bad(
    'partitions',
    `none for ${missing.join(', ')}`,
    'A running Weir makes them at its start and every six hours: start one, or read its log.',
  )
}

function monthsAhead(now: number): string[] {
  const date = new Date(now)
  return Array.from({ length: AHEAD + 1 }, (_, ahead) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead))
      .toISOString()
      .slice(0, 7)
      .replace('-', '_'),
  )
}

/** Events of months that have no partition are kept in the default one. */
export async function checkDefaultPartition(db: Kysely<Database>): Promise<Finding> {
  const { rows } = await sql<{ odd: number }>`
    select count(*) as odd
    from (select from events_default limit ${MANY_ROWS}) as counted`.execute(db)
  const odd = rows[0]?.odd ?? 0
  const found = `${odd === MANY_ROWS ? 'at least ' : ''}${count(odd)} events of months without a partition`
  if (odd < MANY_ROWS) return good('odd months', odd === 0 ? 'no event' : `${found}; that is few`)
  return look(
    'odd months',
    found,
    'Events of long ago came one by one, or a clock is far off. `weir import` makes the months of what it brings.',
  )
}
