import { type Kysely, sql } from 'kysely'
import { databaseAway } from '../problems.ts'
import type { Database } from './tables.ts'

/** Throws where the database does not answer, or takes nothing. */
export async function checkReachable(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ read_only: string }>`
    select current_setting('transaction_read_only') as read_only`.execute(db)
  if (rows[0]?.read_only === 'on') throw databaseAway()
}
