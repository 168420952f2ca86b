import type { SavedFunnel } from '@weir/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../db/tables.ts'

/** The newest version of a site's saved funnel. */
export async function findFunnel(
  db: Kysely<Database>,
  site_id: number,
  name: string,
): Promise<SavedFunnel | undefined> {
  const row = await db
    .selectFrom('funnels')
    .select(['name', 'definition'])
    .where('site_id', '=', site_id)
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { name: row.name, ...row.definition }
}

export async function listFunnelNames(db: Kysely<Database>, site_id: number): Promise<string[]> {
  const rows = await db
    .selectFrom('funnels')
    .select('name')
    .distinct()
    .where('site_id', '=', site_id)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}
