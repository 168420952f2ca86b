import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../db/tables.ts'

/** What this installation signs with; made once, the same for every server on one database. */
export async function getSigningSecret(db: Kysely<Database>): Promise<string> {
  await db
    .insertInto('installation')
    .values({ signing_secret: randomBytes(32) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { signing_secret } = await db
    .selectFrom('installation')
    .select('signing_secret')
    .executeTakeFirstOrThrow()
  return signing_secret.toString('hex')
}
