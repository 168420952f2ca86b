import { openDatabase } from '../../../server/src/db/database.ts'
import { insertSite } from '../../../server/src/sites/sites.ts'

/** A new site in a database that a server has migrated; gives its write key. */
export async function makeSite(database_url: string): Promise<string> {
  const db = openDatabase(database_url)
  try {
    const site = { name: 'Ingest', time_zone: 'UTC', origins: null }
    const { keys } = await insertSite(db.reports, site)
    return keys.write
  } finally {
    await db.close()
  }
}
