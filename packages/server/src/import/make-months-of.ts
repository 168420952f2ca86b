import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import { makeMonth } from '../db/months.ts'
import type { Database } from '../db/tables.ts'
import { msOfId } from '../ingest/event-id.ts'
import type { Writable } from '../ingest/write-batch.ts'

const EARLIEST = Date.UTC(2000, 0)
const AHEAD_MS = 31 * 86_400_000
const AGAIN_MS = 60_000

/**
 * Makes the months that imported events belong to, each once; who comes meanwhile waits for it. One that
 * cannot be made now is tried again later: until then its events go to the default partition, and move when
 * it is made.
 */
export function monthsMaker(
  db: Kysely<Database>,
  log: Pick<FastifyBaseLogger, 'warn'>,
  now: () => number,
) {
  const made = new Map<number, Promise<void>>()

  async function make(month: number): Promise<void> {
    try {
      await makeMonth(db, month)
    } catch (error) {
      log.warn(
        { err: error },
        'could not make the partition of a month; its events wait in default',
      )
      setTimeout(() => made.delete(month), AGAIN_MS).unref()
    }
  }

  return async (events: readonly Writable[]): Promise<void> => {
    for (const month of monthsOf(events, now() + AHEAD_MS)) {
      const making = made.get(month) ?? make(month)
      made.set(month, making)
      await making
    }
  }
}

/** When the months begin to which these belong, but for those of clocks that are wrong. */
function monthsOf(events: readonly Writable[], latest: number): Set<number> {
  const months = new Set<number>()
  for (const event of events) {
    if (!('event_id' in event)) continue
    const ms = msOfId(event.event_id)
    if (ms < EARLIEST || ms > latest) continue
    const date = new Date(ms)
    months.add(Date.UTC(date.getUTCFullYear(), date.getUTCMonth()))
  }
  return months
}
