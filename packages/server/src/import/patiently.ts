import { setTimeout as sleep } from 'node:timers/promises'
import { isDatabaseAway } from '../problems.ts'

const WAITS_MS = 60_000
const AGAIN_MS = 250

/**
 * Does what nobody's page waits for: again and again, for a minute, while the database is away. The same
 * again must be harmless.
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let giveUp = Number.POSITIVE_INFINITY; ; await sleep(AGAIN_MS)) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > giveUp) throw error
      giveUp = Math.min(giveUp, Date.now() + WAITS_MS)
    }
  }
}
