import type { Kysely } from 'kysely'
import { listMigrations } from '../db/migrate.ts'
import type { Database } from '../db/tables.ts'
import { bad, type Finding, good } from './finding.ts'

export async function checkMigrations(db: Kysely<Database>): Promise<Finding> {
  const { known, applied } = await listMigrations(db)
  const missing = known.filter((name) => !applied.includes(name))
  const strange = applied.filter((name) => !known.includes(name))
  if (strange.length > 0) {
    return bad(
      'schema',
      `a newer Weir has changed it: ${strange.join(', ')}`,
      'Run that version, or a newer one; this one would misread the tables.',
    )
  }
  if (missing.length > 0) {
    return bad('schema', `${missing.join(', ')} not applied`, '`npx weir start` applies them.')
  }
  return good('schema', `${known.length} migrations, all applied`)
}
