import { readdir, readFile } from 'node:fs/promises'
import { type Kysely, type Migration, Migrator, sql } from 'kysely'
import type { Database } from './tables.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

/** Brings the database to the newest schema. Several servers may start at once: one migrates, the others wait. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
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
