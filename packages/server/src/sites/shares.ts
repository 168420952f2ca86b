import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import { ProblemError } from '../problems.ts'

/** A question that was shared. */
export interface Share {
  share_id: number
  site_id: number
  path: string
  created_at: Date
  expires_at: Date
  /** When it was taken back, or the key that made it. */
  revoked_at: Date | null
}

const MOST_SHARES = 1_000

const shares = (db: Kysely<Database>) =>
  db
    .selectFrom('shares')
    .innerJoin('keys', 'keys.key_id', 'shares.key_id')
    .select([
      'share_id',
      'shares.site_id',
      'path',
      'shares.created_at',
      'expires_at',
      sql<Date | null>`coalesce(shares.revoked_at, keys.revoked_at)`.as('revoked_at'),
    ])

export async function insertShare(
  db: Kysely<Database>,
  share: { site_id: number; key_id: number; path: string; expires_at: Date },
): Promise<Share> {
  // Long enough that whoever opens one is told what became of it.
  await db
    .deleteFrom('shares')
    .where('site_id', '=', share.site_id)
    .where(sql<boolean>`least(revoked_at, expires_at) < now() - interval '90 days'`)
    .execute()
  const { count } = await db
    .selectFrom('shares')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('site_id', '=', share.site_id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirstOrThrow()
  if (count >= MOST_SHARES) {
    const detail = `The site has ${count} share links; delete some of them first.`
    throw new ProblemError('invalid_request', detail)
  }
  return db
    .insertInto('shares')
    .values(share)
    .returning(['share_id', 'site_id', 'path', 'created_at', 'expires_at', 'revoked_at'])
    .executeTakeFirstOrThrow()
}

export async function findShare(
  db: Kysely<Database>,
  share_id: number,
): Promise<Share | undefined> {
  return shares(db).where('share_id', '=', share_id).executeTakeFirst()
}

/** A site's, the newest first. */
export async function listShares(db: Kysely<Database>, site_id: number): Promise<Share[]> {
  return shares(db).where('shares.site_id', '=', site_id).orderBy('share_id', 'desc').execute()
}

/** False where the site has no such share that still works. */
export async function revokeShare(
  db: Kysely<Database>,
  site_id: number,
  share_id: number,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('shares')
    .set({ revoked_at: new Date(now) })
    .where('site_id', '=', site_id)
    .where('share_id', '=', share_id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** One that nobody was told of. */
export async function deleteShare(db: Kysely<Database>, share_id: number): Promise<void> {
  await db.deleteFrom('shares').where('share_id', '=', share_id).execute()
}
