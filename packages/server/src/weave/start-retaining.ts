import type { FastifyBaseLogger } from 'fastify'
import type { Db } from '../db/database.ts'
import { retain } from './retain.ts'

const FIRST_MS = 60_000

/** Deletes what is too old, a minute after the start and every so often; nothing where all is kept. */
export function startRetaining(
  db: Pick<Db, 'timelines'>,
  days: number | null,
  log: Pick<FastifyBaseLogger, 'error' | 'info'>,
  now: () => number,
  every_ms: number,
): { stop(): void } {
  if (days === null) return { stop: () => undefined }
  const run = async () => {
    try {
      log.info({ events: await retain(db, days, now()) }, 'deleted what is too old')
    } catch (error) {
      log.error({ err: error }, 'could not delete all that is too old; tried again later')
    }
  }
  const timers = [
    setTimeout(run, Math.min(FIRST_MS, every_ms)).unref(),
    setInterval(run, every_ms).unref(),
  ]
  return { stop: () => timers.forEach(clearTimeout) }
}
