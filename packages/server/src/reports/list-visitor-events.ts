import type { StoredProperties } from '@weir/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'

/** An event of one visitor, as it is stored. */
export interface VisitorEvent {
  id: string
  name: string
  at: Date
  stream: string | null
  seq: number | null
  properties: StoredProperties
}

export interface EventsWish {
  /** Milliseconds since 1970; null for no bound. */
  from?: number | null
  to?: number | null
  newestFirst?: boolean
  after?: { at: number; id: string } | undefined
  limit: number
}

/** The events of one visitor in the order of time, then of ids; found by the primary key. */
export async function listVisitorEvents(
  db: Kysely<Database>,
  site_id: number,
  visitor_id: string,
  { from = null, to = null, newestFirst = false, after, limit }: EventsWish,
): Promise<VisitorEvent[]> {
  const direction = newestFirst ? 'desc' : 'asc'
  let query = db
    .selectFrom('events')
    .select(['event_id as id', 'name', 'at', 'stream', 'seq', 'properties'])
    .where('site_id', '=', site_id)
    .where('visitor_id', '=', visitor_id)
  if (from !== null) query = query.where('at', '>=', new Date(from))
  if (to !== null) query = query.where('at', '<', new Date(to))
  if (after) {
    const key = sql`(${new Date(after.at)}::timestamptz, ${after.id}::uuid)`
    query = query.where(
      newestFirst ? sql<boolean>`(at, event_id) < ${key}` : sql<boolean>`(at, event_id) > ${key}`,
    )
  }
  return query.orderBy('at', direction).orderBy('event_id', direction).limit(limit).execute()
}
