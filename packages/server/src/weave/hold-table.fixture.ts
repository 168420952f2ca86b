import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'

/** Somebody who waits for a table that a test holds. */
export interface Held {
  /** Resolves with the process ids of the connections that wait, when there are so many. */
  waiting(count?: number): Promise<number[]>
  letGo(): Promise<void>
}

/** For tests: stops whoever is about to write to a table (`share`), or to read it (`access exclusive`). */
export async function holdTable(
  pool: Pool,
  table: 'weaves' | 'timelines' | 'names' | 'orders' | 'batches' | 'keys',
  mode: 'share' | 'access exclusive',
): Promise<Held> {
  const client = await pool.connect()
  await client.query('begin')
  await client.query(`lock table ${table} in ${mode} mode`)
  return {
    async waiting(count = 1) {
      for (;;) {
        const { rows } = await pool.query<{ pid: number }>(
          `
          select pid
          from pg_locks
          where not granted
            and relation = $1::regclass
            and database = (select oid from pg_database where datname = current_database())`,
          [table],
        )
        if (rows.length >= count) return rows.map(({ pid }) => pid)
        await sleep(20)
      }
    },
    async letGo() {
      await client.query('commit')
      client.release()
    },
  }
}
