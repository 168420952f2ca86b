import type { Kysely } from 'kysely'
import type { Database } from '../db/tables.ts'
import { ProblemError } from '../problems.ts'
import { listVisitorEvents } from './list-visitor-events.ts'

/** Throws where a site has no event of a visitor. */
export async function checkVisitor(
  db: Kysely<Database>,
  site_id: number,
  visitor_id: string,
): Promise<void> {
  const [any] = await listVisitorEvents(db, site_id, visitor_id, { limit: 1 })
  if (any) return
  throw new ProblemError('not_found', `There is no event of a visitor \`${visitor_id}\`.`, {
    errors: [{ path: 'visitor_id', code: 'not_found', message: 'no event is of this visitor' }],
  })
}
