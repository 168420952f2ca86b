import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import { makeMonth } from '../db/months.ts'
import type { Database } from '../db/tables.ts'
import { msOfId } from '../ingest/event-id.ts'
import type { Writable } from '../ingest/write-batch.ts'

const EARLIEST = Date.UTC(2000, 0)
const AHEAD_MS = 31 * 86_400_000

/**
 * Makes the months that imported events belong to. One that cannot be made now is left: its events go
 * to the default partition, and move when the month is made.
 */
export function monthsMaker(
  db: Kysely<Database>,
  log: Pick<FastifyBaseLogger, 'warn'>,
  now: () => number,
) {
  const made = new Set<number>()

  return async (events: readonly Writable[]): Promise<void> => {
    for (const event of events) {
      if (!('event_id' in event)) continue
      const ms = msOfId(event.event_id)
      if (ms < EARLIEST || ms > now() + AHEAD_MS) continue
      const date = new Date(ms)
      const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
      if (made.has(month)) continue
      made.add(month)
      await makeMonth(db, month).catch((error: unknown) => {
        log.warn(
          { err: error },
          'could not make the partition of a month; its events wait in default',
        )
      })
    }
  }
}
