import { type Kysely, sql } from 'kysely'
import type { Database } from './tables.ts'

/** How the store keeps up. */
export interface Backlog {
  /** Events that are not in timelines yet. */
  unwoven: number
  /** Seconds since the oldest of them came. */
  lag: number
  /** Of events. */
  partitions: number
  /** Events that fit no month, about. */
  odd: number
}

export async function findBacklog(db: Kysely<Database>): Promise<Backlog> {
  const { rows } = await sql<Backlog>`
    select
      (select coalesce(sum(events), 0)::float8 from batches where woven is null) as unwoven,
      (
        select coalesce(extract(epoch from now() - min(received_at)), 0)::float8
        from batches
        where woven is null
      ) as lag,
      (select count(*)::float8 from pg_inherits where inhparent = 'events'::regclass) as partitions,
      (
        select greatest(reltuples, 0)::float8
        from pg_class
        where oid = 'events_default'::regclass
      ) as odd`.execute(db)
  return rows[0] ?? { unwoven: 0, lag: 0, partitions: 0, odd: 0 }
}
