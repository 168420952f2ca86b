import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import { findKey } from '../sites/keys.ts'
import { insertSite, type SiteKeys } from '../sites/sites.ts'

const DAY_MS = 86_400_000

/** Known to everybody, so that pages and documents can name them: they reach the sample shop and nothing else. */
export const DEMO_KEYS: SiteKeys = { write: 'wk_demo', secret: 'sk_demo', read: 'rk_demo' }

export interface DemoSite {
  /** The midnight (UTC) before the site was made: where its month ends. */
  midnight: number
  /** How many events it has. */
  events: number
}

/** The sample shop's site, made at the first start. */
export async function ensureDemoSite(db: Kysely<Database>): Promise<DemoSite> {
  if (!(await findKey(db, DEMO_KEYS.read))) {
    await insertSite(db, { name: 'Weir & Daughters', time_zone: 'UTC', origins: null }, DEMO_KEYS)
  }
  const key = await findKey(db, DEMO_KEYS.read)
  const { rows } = await sql<{ created_at: Date; events: number }>`
    select
      created_at,
      (select count(*) from events where events.site_id = sites.site_id) as events
    from sites
    where site_id = ${key?.site_id}`.execute(db)
  const [site] = rows
  if (!site) throw new Error('the site of the sample shop is gone')
  return {
    midnight: Math.floor(site.created_at.getTime() / DAY_MS) * DAY_MS,
    events: site.events,
  }
}
