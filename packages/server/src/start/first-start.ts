import type { Config } from '../config.ts'
import type { Db } from '../db/database.ts'
import { insertKey, revokeOtherAdminKeys } from '../sites/keys.ts'
import { makeKey } from '../sites/secrets.ts'
import { insertSite, listSites, type SiteKeys } from '../sites/sites.ts'

/** What is shown once, at the first start. */
export interface FirstStart {
  keys: SiteKeys
  /** Null where WEIR_ADMIN_KEY gave it. */
  admin_key: string | null
}

/** The key that WEIR_ADMIN_KEY gives, if it does, is the only one: so it can be changed. */
export async function ensureAdminKey(
  { reports }: Db,
  { admin_key }: Pick<Config, 'admin_key'>,
): Promise<void> {
  if (!admin_key) return
  const key_id = await insertKey(reports, { site_id: null, kind: 'admin', key: admin_key })
  await revokeOtherAdminKeys(reports, key_id)
}

/** The first start makes a site and keys; later ones return null. */
export async function firstStart(db: Db, config: Config): Promise<FirstStart | null> {
  await ensureAdminKey(db, config)
  if ((await listSites(db.reports)).length > 0) return null
  const { keys } = await insertSite(db.reports, {
    name: 'My shop',
    time_zone: 'UTC',
    origins: null,
  })
  if (config.admin_key) return { keys, admin_key: null }
  const admin_key = makeKey('admin')
  await insertKey(db.reports, { site_id: null, kind: 'admin', key: admin_key })
  return { keys, admin_key }
}
