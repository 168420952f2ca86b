import type { Pool } from 'pg'
import { weave } from '../../../server/src/weave/weave.ts'
import { type Cost, costOf } from './cost.ts'

/** Weaves all that waits, with the server's own code, and says what it cost. */
export const weaveAll = (pool: Pool, onProgress?: (events: number) => void): Promise<Cost> =>
  costOf(() => weave(pool), onProgress)
