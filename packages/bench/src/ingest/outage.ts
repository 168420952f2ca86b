import { setTimeout as sleep } from 'node:timers/promises'
import type { EmbeddedPostgres } from '../../../server/src/postgres/embedded.ts'
import { rssOf, watchRss } from '../measure/rss.ts'
import type { Sent } from './load.ts'

/** What happened while the database was away under full load. */
export interface Outage {
  seconds: number
  answers: Sent['answers']
  /** Before, and the most during it. */
  before_bytes: number
  most_bytes: number
}

const BEFORE_SECONDS = 5
const AFTER_SECONDS = 10

/** Stops the database in the middle of a load, and starts it again. `start` gives one on the same port. */
export async function outage(
  pid: number,
  seconds: number,
  { postgres, start }: { postgres: EmbeddedPostgres; start: () => Promise<EmbeddedPostgres> },
  send: (seconds: number) => Promise<Sent>,
): Promise<{ outage: Outage; postgres: EmbeddedPostgres }> {
  const sending = send(BEFORE_SECONDS + seconds + AFTER_SECONDS)
  await sleep(BEFORE_SECONDS * 1_000)
  const before_bytes = rssOf(pid)
  const memory = watchRss(pid)
  await postgres.stop()
  await sleep(seconds * 1_000)
  const again = await start()
  const { answers } = await sending
  return {
    outage: { seconds, answers, before_bytes, most_bytes: memory.stop() },
    postgres: again,
  }
}
