import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from './server/src/db/migrate.ts'
import { startEmbedded } from './server/src/postgres/embedded.ts'
import { createDatabase } from './server/src/testing.ts'

/** What servers, pages and threads load, built once; and one Postgres for the whole run. */
export default async function setup(project: TestProject) {
  await import('./build.ts')
  const dataDir = await mkdtemp(join(tmpdir(), 'weir-test-'))
  // Run by root, Postgres is another user's: it must be able to come in.
  await chmod(dataDir, 0o755)
  const postgres = await startEmbedded({ dataDir })
  await trustTheMachine(postgres.url)
  project.provide('postgres', postgres.url)
  project.provide('template', await makeTemplate(postgres.url))
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Nobody needs these data after the machine has crashed; tests that kill Postgres start one of their own. */
async function trustTheMachine(url: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  await client.query('alter system set fsync = off')
  await client.query('alter system set full_page_writes = off')
  await client.query('select pg_reload_conf()')
  await client.end()
}

/** A database with the newest schema: copying it takes a third of the time of migrating. */
async function makeTemplate(postgres: string): Promise<string> {
  const url = await createDatabase(postgres)
  await migrate(url)
  return new URL(url).pathname.slice(1)
}
