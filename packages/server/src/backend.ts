import type { FastifyBaseLogger } from 'fastify'
import type { Db } from './db/database.ts'
import type { GroupCommit } from './ingest/group-commit.ts'
import type { Quarantine } from './ingest/quarantine.ts'
import type { RateLimit } from './ingest/rate-limit.ts'
import type { Metrics } from './metrics.ts'
import type { Scan } from './scan/scan.ts'

/** What routes work with: nothing of it is global, so that a test brings its own. */
export interface Backend {
  readonly db: Db
  readonly queue: GroupCommit
  readonly quarantine: Quarantine
  readonly rateLimit: RateLimit
  readonly metrics: Metrics
  readonly scan: Scan
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: FastifyBaseLogger
  /** Whether this server takes nothing new any more. */
  readonly stopping: () => boolean
  /** Signs cookies. */
  readonly secret: string
}

declare module 'fastify' {
  interface FastifyInstance {
    backend: Backend
  }
}
