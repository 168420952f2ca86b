import { openDatabase } from '../../../server/src/db/database.ts'
import { insertSite, type SiteKeys } from '../../../server/src/sites/sites.ts'

/** A new site in a database that a server has migrated; gives its keys. */
export async function makeSite(database_url: string): Promise<SiteKeys> {
  const db = openDatabase(database_url)
  try {
    const site = { name: 'Ingest', time_zone: 'UTC', origins: null }
    const { keys } = await insertSite(db.reports, site)
    return keys
  } finally {
    await db.close()
  }
}
