import { KEY_PREFIXES, type KeyKind } from '@weir/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../db/tables.ts'
import { digestOf, hintOf } from './secrets.ts'

/** A key that was shown and is live or revoked, and the site that it speaks for. */
export interface Key {
  key_id: number
  site_id: number | null
  kind: KeyKind
  revoked_at: Date | null
}

export async function insertKey(
  db: Kysely<Database>,
  input: { site_id: number | null; kind: KeyKind; key: string },
): Promise<number> {
  const { key_id } = await db
    .insertInto('keys')
    .values({
      site_id: input.site_id,
      kind: input.kind,
      digest: digestOf(input.key),
      hint: hintOf(input.key),
    })
    // The same key again, as after a restart with WEIR_ADMIN_KEY set, is the same key.
    .onConflict((conflict) =>
      conflict.column('digest').doUpdateSet({ kind: input.kind, revoked_at: null }),
    )
    .returning('key_id')
    .executeTakeFirstOrThrow()
  return key_id
}

export async function findKey(db: Kysely<Database>, key: string): Promise<Key | undefined> {
  const known = Object.values(KEY_PREFIXES).some((prefix) => key.startsWith(prefix))
  if (!known) return undefined
  return db
    .selectFrom('keys')
    .select(['key_id', 'site_id', 'kind', 'revoked_at'])
    .where('digest', '=', digestOf(key))
    .executeTakeFirst()
}

export async function findKeyById(db: Kysely<Database>, key_id: number): Promise<Key | undefined> {
  return db
    .selectFrom('keys')
    .select(['key_id', 'site_id', 'kind', 'revoked_at'])
    .where('key_id', '=', key_id)
    .executeTakeFirst()
}

/** The keys of a site, those that were revoked included. */
export async function listKeys(db: Kysely<Database>, site_id: number) {
  return db
    .selectFrom('keys')
    .select(['key_id as id', 'kind', 'hint', 'created_at', 'revoked_at'])
    .where('site_id', '=', site_id)
    .orderBy('key_id')
    .execute()
}

/** Revokes every admin key but one. */
export async function revokeOtherAdminKeys(db: Kysely<Database>, key_id: number): Promise<void> {
  await db
    .updateTable('keys')
    .set({ revoked_at: new Date() })
    .where('kind', '=', 'admin')
    .where('key_id', '<>', key_id)
    .where('revoked_at', 'is', null)
    .execute()
}

/** False where there is no such live key. */
export async function revokeKey(
  db: Kysely<Database>,
  key_id: number,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('keys')
    .set({ revoked_at: new Date(now) })
    .where('key_id', '=', key_id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
