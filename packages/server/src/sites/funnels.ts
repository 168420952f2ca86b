import { type FunnelDefinition, MAX_FUNNEL_VERSIONS, type SavedFunnel } from '@weir/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import { ProblemError } from '../problems.ts'

/** One version of a funnel; its definition is null where it was deleted. */
export interface FunnelVersion {
  name: string
  version: number
  created_at: Date
  definition: FunnelDefinition | null
}

/** A site's saved funnel by its name: the newest version, or that of `name@2`, also where it was deleted since. */
export async function findFunnel(
  db: Kysely<Database>,
  site_id: number,
  asked: string,
): Promise<SavedFunnel | undefined> {
  const [, name = asked, version] = /^(.*)@(\d{1,9})$/.exec(asked) ?? []
  const found = await findFunnelVersion(
    db,
    site_id,
    name,
    version === undefined ? undefined : Number(version),
  )
  return found?.definition ? { name, version: found.version, ...found.definition } : undefined
}

/** The newest version, unless one is named. */
export async function findFunnelVersion(
  db: Kysely<Database>,
  site_id: number,
  name: string,
  version?: number,
): Promise<FunnelVersion | undefined> {
  let query = db
    .selectFrom('funnels')
    .select(['name', 'version', 'created_at', 'definition'])
    .where('site_id', '=', site_id)
    .where('name', '=', name)
  if (version !== undefined) query = query.where('version', '=', version)
  return query.orderBy('version', 'desc').limit(1).executeTakeFirst()
}

/** Newest first, deletions included. */
export async function listFunnelVersions(
  db: Kysely<Database>,
  site_id: number,
  name: string,
): Promise<FunnelVersion[]> {
  return db
    .selectFrom('funnels')
    .select(['name', 'version', 'created_at', 'definition'])
    .where('site_id', '=', site_id)
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .execute()
}

/** The newest version of every funnel that was not deleted, by name. */
export async function listFunnels(db: Kysely<Database>, site_id: number): Promise<FunnelVersion[]> {
  const newest = await db
    .selectFrom('funnels')
    .distinctOn('name')
    .select(['name', 'version', 'created_at', 'definition'])
    .where('site_id', '=', site_id)
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute()
  return newest.filter(({ definition }) => definition !== null)
}

/** Makes the next version; null deletes the funnel. */
export async function insertFunnelVersion(
  db: Kysely<Database>,
  site_id: number,
  name: string,
  definition: FunnelDefinition | null,
): Promise<FunnelVersion> {
  return db.transaction().execute(async (trx) => {
    // Versions are given out one after the other.
    await sql`select pg_advisory_xact_lock(hashtext('weir funnels'), ${site_id})`.execute(trx)
    const { versions, last } = await trx
      .selectFrom('funnels')
      .select(({ fn }) => [
        fn.countAll<number>().as('versions'),
        fn.max('version').filterWhere('name', '=', name).as('last'),
      ])
      .where('site_id', '=', site_id)
      .executeTakeFirstOrThrow()
    // Deleting is always possible.
    if (versions >= MAX_FUNNEL_VERSIONS && definition) {
      const detail = `The site has ${versions} versions of funnels; there is no room for more.`
      throw new ProblemError('invalid_request', detail)
    }
    return trx
      .insertInto('funnels')
      .values({
        site_id,
        name,
        version: (last ?? 0) + 1,
        definition: definition && JSON.stringify(definition),
      })
      .returning(['name', 'version', 'created_at', 'definition'])
      .executeTakeFirstOrThrow()
  })
}
