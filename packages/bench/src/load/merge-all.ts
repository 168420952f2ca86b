import type { Pool } from 'pg'
import { merge } from '../../../server/src/weave/merge.ts'
import { sweep } from '../../../server/src/weave/sweep.ts'
import { type Cost, costOf } from './cost.ts'

/** Merges every day as the weaver does once it is quiet, and deletes what was replaced. */
export async function mergeAll(pool: Pool, events: number): Promise<Cost> {
  const cost = await costOf(async () => ({
    events: 0,
    more: await merge(pool, { quiet_ms: 0 }),
  }))
  await sweep(pool, 0)
  return { ...cost, events }
}
