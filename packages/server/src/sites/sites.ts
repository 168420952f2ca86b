import { BUILT_IN_FUNNELS, type Site } from '@weir/contract'
import type { Kysely } from 'kysely'
import { extendDictionary } from '../db/dictionary.ts'
import type { Database } from '../db/tables.ts'
import { insertKey } from './keys.ts'
import { makeKey } from './secrets.ts'

export interface SiteKeys {
  write: string
  secret: string
  read: string
}

export const makeSiteKeys = (): SiteKeys => ({
  write: makeKey('write'),
  secret: makeKey('secret'),
  read: makeKey('read'),
})

/** A new site with its keys and the built-in funnels. */
export async function insertSite(
  db: Kysely<Database>,
  input: Omit<Site, 'id'>,
  keys: SiteKeys = makeSiteKeys(),
): Promise<{ site: Site; keys: SiteKeys }> {
  const made = await db.transaction().execute(async (trx) => {
    const { site_id } = await trx
      .insertInto('sites')
      .values({ name: input.name, time_zone: input.time_zone, origins: input.origins })
      .returning('site_id')
      .executeTakeFirstOrThrow()
    for (const kind of ['write', 'secret', 'read'] as const) {
      await insertKey(trx, { site_id, kind, key: keys[kind] })
    }
    await trx
      .insertInto('funnels')
      .values(
        BUILT_IN_FUNNELS.map(({ name, ...definition }) => ({
          site_id,
          name,
          version: 1,
          definition: JSON.stringify(definition),
        })),
      )
      .execute()
    return { site: { id: site_id, ...input }, keys }
  })
  // The standard names and properties have their codes before anything else can take them.
  await extendDictionary(db, made.site.id, { names: [], properties: [] })
  return made
}

export async function findSite(db: Kysely<Database>, id: number): Promise<Site | undefined> {
  return db
    .selectFrom('sites')
    .select(['site_id as id', 'name', 'time_zone', 'origins'])
    .where('site_id', '=', id)
    .executeTakeFirst()
}

export async function listSites(db: Kysely<Database>): Promise<Site[]> {
  return db
    .selectFrom('sites')
    .select(['site_id as id', 'name', 'time_zone', 'origins'])
    .orderBy('site_id')
    .execute()
}

/** Changes what is given; undefined where there is no such site. */
export async function updateSite(
  db: Kysely<Database>,
  id: number,
  changes: { [Field in keyof Omit<Site, 'id'>]?: Site[Field] | undefined },
): Promise<Site | undefined> {
  return db
    .updateTable('sites')
    .set(changes)
    .where('site_id', '=', id)
    .returning(['site_id as id', 'name', 'time_zone', 'origins'])
    .executeTakeFirst()
}
