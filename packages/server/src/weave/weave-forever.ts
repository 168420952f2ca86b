/**
 * Weaves and merges, for ever:
 * 1. What came is woven, soon after it came; at once again while much waits.
 * 2. Then one of the days that were touched is merged, if it has become many parts.
 * 3. Now and then all days are looked at: those that have become quiet, those that another server touched;
 *    and what nobody needs any more is deleted.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { type Day, daysOf } from './day.ts'
import { merge } from './merge.ts'
import { sweep } from './sweep.ts'
import { weave } from './weave.ts'

const EVERY_MS = 1_000
const AFTER_FAILURE_MS = 5_000
const LOOK_AT_ALL_EVERY_MS = 300_000

export async function weaveForever(pool: Pool, onFailure: (error: unknown) => void): Promise<void> {
  /** Days that may have something to merge; null is all. */
  let days: Day[] | null = null
  let looked = Number.NEGATIVE_INFINITY
  for (;;) {
    try {
      const { more, days: touched, failures } = await weave(pool)
      for (const failure of failures) onFailure(failure)
      const merged = await mergeOne(touched)
      if (!more && !merged) await sleep(EVERY_MS)
    } catch (error) {
      onFailure(error)
      await sleep(AFTER_FAILURE_MS)
    }
  }

  async function mergeOne(touched: readonly Day[]): Promise<boolean> {
    if (performance.now() - looked > LOOK_AT_ALL_EVERY_MS) {
      looked = performance.now()
      days = null
      await sweep(pool)
    }
    if (days) days = daysOf([...days, ...touched])
    const merged = days?.length === 0 ? false : await merge(pool, {}, days)
    if (!merged) days = []
    return merged
  }
}
