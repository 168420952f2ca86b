import type { Kysely } from 'kysely'
import type { Database } from '../db/tables.ts'

/** A site's refused events, the newest first. */
export async function listQuarantined(
  db: Kysely<Database>,
  site_id: number,
  asked: { code?: string | undefined; before?: number | undefined; limit: number },
) {
  let query = db
    .selectFrom('quarantine')
    .select([
      'quarantine_id as id',
      'received_at',
      'visitor_id',
      'code',
      'field',
      'message',
      'event',
    ])
    .where('site_id', '=', site_id)
  if (asked.code !== undefined) query = query.where('code', '=', asked.code)
  if (asked.before !== undefined) query = query.where('quarantine_id', '<', asked.before)
  return query.orderBy('quarantine_id', 'desc').limit(asked.limit).execute()
}
