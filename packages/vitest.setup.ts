import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from './server/src/postgres/embedded.ts'
import type {} from './server/src/testing.ts'

/** One Postgres for the whole run. */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'weir-test-'))
  // Run by root, Postgres is another user's: it must be able to come in.
  await chmod(dataDir, 0o755)
  const postgres = await startEmbedded({ dataDir })
  project.provide('postgres', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
