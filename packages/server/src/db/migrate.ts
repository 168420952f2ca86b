import { readdir, readFile } from 'node:fs/promises'
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
import { connection } from './database.ts'
import type { Database } from './tables.ts'

/** A migration may write every event anew. */
const STATEMENT_MS = 3_600_000
const FOLDER = new URL('./migrations/', import.meta.url)

/** Brings the database to the newest schema. Several servers may start at once: one migrates, the others wait. */
export async function migrate(url: string): Promise<void> {
  const pool = new Pool(connection(url, { connections: 2, statement_ms: STATEMENT_MS }))
  pool.on('error', () => undefined)
  // One that breaks in the middle fails its statement; without a listener it would end the process with a stack.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
  } finally {
    await db.destroy()
  }
}

/** The names of the migrations that this Weir has, and of those that the database has had. */
export async function listMigrations(
  db: Kysely<Database>,
): Promise<{ known: string[]; applied: string[] }> {
  const known = Object.keys(await readMigrations()).sort()
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (!rows[0]?.there) return { known, applied: [] }
  const applied = await sql<{ name: string }>`
    select name from kysely_migration order by name`.execute(db)
  return { known, applied: applied.rows.map(({ name }) => name) }
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql'))
  const migrations = files.map(async (file) => {
    const text = await readFile(new URL(file, FOLDER), 'utf8')
    const up = async (db: Kysely<unknown>) => {
      await sql.raw(text).execute(db)
    }
    return [file.slice(0, -'.sql'.length), { up }] as const
  })
  return Object.fromEntries(await Promise.all(migrations))
}
