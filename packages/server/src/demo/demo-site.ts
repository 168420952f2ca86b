import type { Kysely } from 'kysely'
import type { Database } from '../db/tables.ts'
import { findKey } from '../sites/keys.ts'
import { insertSite, type SiteKeys } from '../sites/sites.ts'

/** Known to everybody, so that pages and documents can name them: they reach the sample shop and nothing else. */
export const DEMO_KEYS: SiteKeys = { write: 'wk_demo', secret: 'sk_demo', read: 'rk_demo' }

export async function ensureDemoSite(
  db: Kysely<Database>,
): Promise<{ keys: SiteKeys; is_new: boolean }> {
  if (await findKey(db, DEMO_KEYS.read)) return { keys: DEMO_KEYS, is_new: false }
  const site = { name: 'Weir & Daughters', time_zone: 'UTC', origins: null }
  await insertSite(db, site, DEMO_KEYS)
  return { keys: DEMO_KEYS, is_new: true }
}
