import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { GroupCommit } from '../ingest/group-commit.ts'
import { writeBatch } from '../ingest/write-batch.ts'
import { isDatabaseAway } from '../problems.ts'

const WAITS_MS = 60_000
const AGAIN_MS = 250

/**
 * Writes beside the queue of live events, which an import must not fill. Nobody's page waits for an
 * import: it waits a minute for a database that is away.
 */
export const patientWriter = (pool: Pool): Pick<GroupCommit, 'write'> => ({
  async write(events) {
    for (const giveUp = Date.now() + WAITS_MS; ; await sleep(AGAIN_MS)) {
      try {
        return await writeBatch(pool, events)
      } catch (error) {
        if (!isDatabaseAway(error) || Date.now() > giveUp) throw error
      }
    }
  },
})
