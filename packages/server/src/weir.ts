import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { type Db, openDatabase } from './db/database.ts'
import { migrate } from './db/migrate.ts'
import { makeMonthsAhead } from './db/months.ts'
import { listen } from './http/listen.ts'
import { type GroupCommit, startGroupCommit } from './ingest/group-commit.ts'
import { openQuarantine } from './ingest/quarantine.ts'
import { openRateLimit } from './ingest/rate-limit.ts'
import { makeLog } from './log.ts'
import { openMetrics } from './metrics.ts'
import { startEmbedded } from './postgres/embedded.ts'
import { openScan } from './scan/scan.ts'
import { getSigningSecret } from './sites/signing-secret.ts'
import { startRetaining } from './weave/start-retaining.ts'
import { startWeaver } from './weave/weaver.ts'

/** A Weir that answers. */
export interface Weir {
  url: string
  db: Db
  /**
   * In the one order that loses nothing: say so at /readyz, stop accepting, write what waits, close the
   * pools, stop our Postgres.
   */
  stop(): Promise<void>
}

/** For tests: what is not as in a shop. */
export interface WeirOptions {
  now?: () => number
  /** False: nothing is woven unless somebody calls weave(). */
  weaving?: boolean
  startQueue?: typeof startGroupCommit
  /** How often the months ahead are made, and what is too old is deleted. */
  housekeeping_ms?: number
}

/** How long those who are being answered may take when the server stops. */
const CLOSE_MS = 5_000
const HOUSEKEEPING_MS = 6 * 3_600_000

/** Starts everything that the configuration asks for, the database first. */
export async function startWeir(
  config: Config,
  onProgress: (sentence: string) => void = () => undefined,
  {
    now = Date.now,
    weaving = true,
    startQueue = startGroupCommit,
    housekeeping_ms = HOUSEKEEPING_MS,
  }: WeirOptions = {},
): Promise<Weir> {
  const database = await openConfigured(config, onProgress)
  const { db } = database
  let stopping = false
  try {
    await migrate(db.url)
    await makeMonthsAhead(db.reports, now())
    const log = makeLog(config)
    const waiting = () => queue.waiting()
    const metrics = openMetrics(db.reports, waiting)
    const queue = startQueue(db.ingest, log, metrics.countCommit)
    const quarantine = openQuarantine(db.ingest, log)
    const rateLimit = openRateLimit(config.rate_limit, now)
    const secret = await getSigningSecret(db.reports)
    const scan = openScan(db.timelines, db.url, config.threads)
    const app = await buildApp(
      {
        db,
        queue,
        quarantine,
        rateLimit,
        metrics,
        scan,
        now,
        secret,
        log,
        stopping: () => stopping,
      },
      config,
    )
    const url = await listen(app, config)
    // Threads take the processor to start: what a person waits for comes first.
    scan.start()
    const weaver = weaving ? startWeaver(db.url, log) : null
    const months = keepMonthsAhead(app, db, now, housekeeping_ms)
    const retaining = startRetaining(db, config.retention_days, log, now, housekeeping_ms)
    return {
      url,
      db,
      async stop() {
        stopping = true
        clearInterval(months)
        retaining.stop()
        await drain(app, queue)
        await quarantine.stop()
        await Promise.all([weaver?.stop(), scan.close()])
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The database that the configuration says; our own Postgres is started. */
export async function openConfigured(config: Config, onProgress: (sentence: string) => void) {
  if (config.database_url !== null) {
    const db = openDatabase(config.database_url)
    return { db, close: () => db.close() }
  }
  const embedded = await startEmbedded({ dataDir: config.data_dir, onProgress })
  const db = openDatabase(embedded.url)
  return {
    db,
    async close() {
      await db.close()
      await embedded.stop()
    },
  }
}

/** Requests under way are answered, and with them what they wait for is written. */
async function drain(app: FastifyInstance, queue: GroupCommit): Promise<void> {
  // Node waits for ever for a connection on which nobody has asked anything yet.
  const timer = setTimeout(() => app.server.closeAllConnections(), CLOSE_MS)
  await app.close()
  clearTimeout(timer)
  await queue.drain()
}

function keepMonthsAhead(
  app: FastifyInstance,
  db: Db,
  now: () => number,
  every_ms: number,
): NodeJS.Timeout {
  return setInterval(() => {
    makeMonthsAhead(db.reports, now()).catch((error: unknown) => {
      app.log.error(
        { err: error },
        'could not make the partitions of the months ahead; tried again later',
      )
    })
  }, every_ms)
}
