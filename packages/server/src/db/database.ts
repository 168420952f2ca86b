import { Kysely, PostgresDialect } from 'kysely'
import { Pool, type PoolConfig, types } from 'pg'
import type { Database } from './tables.ts'

/** Pools of their own, so that neither slow questions nor weaving keep events waiting. */
export interface Db {
  /** Questions, sites, keys: statements of up to 30 s. */
  readonly reports: Kysely<Database>
  /** Writing events: statements of up to 5 s, every commit on disk before it is answered. */
  readonly ingest: Pool
  /** The same connections, for what a request needs to know before its events are written. */
  readonly intake: Kysely<Database>
  /** Writing what is imported, in the shadow of live events. */
  readonly imports: Pool
  /** Weaving, and reading timelines: statements of up to 60 s. */
  readonly timelines: Pool
  readonly url: string
  close(): Promise<void>
}

// Counters and ids stay far below 2^53.
types.setTypeParser(types.builtins.INT8, Number)

const CONNECT_MS = 2_000
const IDLE_MS = 30_000

export function openDatabase(url: string): Db {
  const reportsPool = openPool(url, { connections: 8, statement_ms: 30_000 })
  const ingest = openPool(url, { connections: 4, statement_ms: 5_000, name: 'weir ingest' })
  const imports = openPool(url, { connections: 2, statement_ms: 30_000, name: 'weir ingest' })
  const timelines = openPool(url, { connections: 4, statement_ms: 60_000 })
  return {
    reports: new Kysely<Database>({ dialect: new PostgresDialect({ pool: reportsPool }) }),
    ingest,
    intake: new Kysely<Database>({ dialect: new PostgresDialect({ pool: ingest }) }),
    imports,
    timelines,
    url,
    async close() {
      await Promise.all([ingest.end(), imports.end(), timelines.end(), reportsPool.end()])
    },
  }
}

function openPool(url: string, bounds: Bounds): Pool {
  const pool = new Pool(connection(url, bounds))
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // Nor must one that breaks while it is used: its query fails, and says so.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

interface Bounds {
  connections: number
  statement_ms: number
  /** What the database calls these connections. */
  name?: string
}

/** How every connection is made, in whatever thread. */
export function connection(url: string, bounds: Bounds): PoolConfig {
  return {
    connectionString: url,
    max: bounds.connections,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    // The server cancels first; the client gives up on a server that does not answer at all.
    statement_timeout: bounds.statement_ms,
    query_timeout: bounds.statement_ms + CONNECT_MS,
    // A database may be configured to acknowledge before its disk does, or to speak of local time.
    options: '-c synchronous_commit=on -c timezone=UTC',
    application_name: bounds.name ?? 'weir',
  }
}
