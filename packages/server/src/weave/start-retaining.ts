import type { FastifyBaseLogger } from 'fastify'
import type { Db } from '../db/database.ts'
import { retain } from './retain.ts'

const FIRST_MS = 60_000
const EVERY_MS = 6 * 3_600_000

/** Deletes what is too old, a minute after the start and every six hours; nothing where all is kept. */
export function startRetaining(
  db: Pick<Db, 'timelines'>,
  days: number | null,
  log: Pick<FastifyBaseLogger, 'error' | 'info'>,
  now: () => number,
): { stop(): void } {
  if (days === null) return { stop: () => undefined }
  const run = async () => {
    try {
      log.info({ events: await retain(db, days, now()) }, 'deleted what is too old')
    } catch (error) {
      log.error({ err: error }, 'could not delete all that is too old; tried again in six hours')
    }
  }
  const timers = [setTimeout(run, FIRST_MS).unref(), setInterval(run, EVERY_MS).unref()]
  return { stop: () => timers.forEach(clearTimeout) }
}
