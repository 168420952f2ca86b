import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'

/** An event as it is stored, in the form in which an import takes it. */
export interface ExportedEvent {
  id: string
  name: string
  at: Date
  visitor_id: string
  stream: string | null
  seq: number | null
  properties: Record<string, unknown>
}

const PAGE = 2_000

/**
 * A site's events, visitor by visitor, some thousand at once: each page is a short query of its own, so
 * that a slow reader holds nothing. What is stored while it runs may be in it or not.
 */
export async function* exportEvents(
  db: Kysely<Database>,
  site_id: number,
  range: { from: number | null; to: number | null },
): AsyncGenerator<ExportedEvent[]> {
  for (let last: ExportedEvent | undefined; ; ) {
    let query = db
      .selectFrom('events')
      .select(['event_id as id', 'name', 'at', 'visitor_id', 'stream', 'seq', 'properties'])
      .where('site_id', '=', site_id)
    if (range.from !== null) query = query.where('at', '>=', new Date(range.from))
    if (range.to !== null) query = query.where('at', '<', new Date(range.to))
    if (last) {
      query = query.where(sql<boolean>`(visitor_id, event_id) > (${last.visitor_id}, ${last.id})`)
    }
    const page = await query.orderBy('visitor_id').orderBy('event_id').limit(PAGE).execute()
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    last = page.at(-1)
  }
}
