import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'

const MOST_UNWOVEN = 500_000
const LOOK_AGAIN_MS = 250
/** A weaver that does nothing for so long is not there: questions read what is not woven too. */
const WAITS_MS = 30_000

/** Waits while so much is not woven yet that questions would become slow. */
export async function waitForWeaver(pool: Pool): Promise<void> {
  let least = Number.POSITIVE_INFINITY
  for (let since = Date.now(); Date.now() - since < WAITS_MS; await sleep(LOOK_AGAIN_MS)) {
    const { rows } = await pool.query<{ events: number }>(
      'select coalesce(sum(events), 0)::float8 as events from batches where woven is null',
    )
    const events = rows[0]?.events ?? 0
    if (events <= MOST_UNWOVEN) return
    if (events < least) since = Date.now()
    least = Math.min(least, events)
  }
}
