import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { patiently } from './patiently.ts'

const MOST_UNWOVEN = 500_000
const LOOK_AGAIN_MS = 250
/** A weaver that does nothing for so long is not there: questions read what is not woven too. */
const WAITS_MS = 30_000

const UNWOVEN = 'select coalesce(sum(events), 0)::float8 as events from batches where woven is null'

/** Waits while so much is not woven yet that questions would become slow. */
export async function waitForWeaver(pool: Pool): Promise<void> {
  let least = Number.POSITIVE_INFINITY
  for (let since = Date.now(); Date.now() - since < WAITS_MS; await sleep(LOOK_AGAIN_MS)) {
    const { rows } = await patiently(() => pool.query<{ events: number }>(UNWOVEN))
    const events = rows[0]?.events ?? 0
    if (events <= MOST_UNWOVEN) return
    if (events < least) since = Date.now()
    least = Math.min(least, events)
  }
}
