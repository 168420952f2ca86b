/**
 * Postgres inside Weir. A start:
 *
 *  1. finds the npm package with the binaries for this platform         platform-package.ts
 *  2. finds the home: binaries, cluster, log, lock in one directory     home.ts, account.ts
 *  3. locks it against a second Weir                                    lock.ts
 *  4. refuses a cluster of another major version                        cluster.ts
 *  5. makes or reads the password                                       password.ts
 *  6. copies the binaries there, once per build, and makes the cluster  binaries.ts, cluster.ts
 *  7. adopts the server that a killed Weir left running, or             pid-file.ts, processes.ts
 *     starts one on a free port                                         start-server.ts, launch.ts
 *  8. waits until it answers, and creates the database `weir`           ready.ts, database.ts
 *  9. starts the server again if it ends by itself                      supervise.ts
 *
 * What lies where:
 *
 *     .weir/postgres-password       0600
 *     .weir/postgres-lives-in       only if the home is elsewhere (root, and .weir out of reach)
 *     .weir/postgres/               the home: binaries/ cluster/ log port lock-*
 *
 * Whatever has `.half` in its name was not finished and is thrown away by the next start.
 */
import { installBinaries, removeOtherBuilds } from './binaries.ts'
import { checkCluster, makeCluster, ROLE } from './cluster.ts'
import { ensureDatabase } from './database.ts'
import { exists } from './exists.ts'
import { getHome, type Home } from './home.ts'
import { lockHome } from './lock.ts'
import { getPassword } from './password.ts'
import { getPlatformPackage, type PlatformPackage } from './platform-package.ts'
import { startServer } from './start-server.ts'
import { stopPostmaster } from './stop-postmaster.ts'
import { supervise } from './supervise.ts'
import { toProblem } from './to-problem.ts'

export { PostgresProblem, type PostgresProblemCode } from './problem.ts'

/** A running Postgres of our own. */
export interface EmbeddedPostgres {
  /** Of the database `weir`, as its superuser: `postgres://weir:…@127.0.0.1:port/weir`. */
  readonly url: string
  /** Whether a killed Weir had left it running. */
  readonly adopted: boolean
  /** The postmaster's process: another one after it was started again. */
  pid(): number
  /** Ends all sessions, writes a checkpoint, stops. Again is harmless. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Such as `/srv/shop/.weir`; made if it is not there. */
  dataDir: string
  /** Hears what takes long or may surprise, in whole sentences. */
  onProgress?: (sentence: string) => void
  /** Without one, the port of last time or any free one. */
  port?: number
}

/** Starts (or adopts) the Postgres that lives in dataDir. Throws a PostgresProblem that says what to do. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, onProgress = () => undefined, port } = options
  try {
    const platformPackage = await getPlatformPackage()
    const home = await getHome(dataDir, onProgress)
    const unlock = await lockHome(home.dir)
    try {
      return await startLocked({ home, platformPackage, onProgress, port, unlock })
    } catch (error) {
      await unlock()
      throw error
    }
  } catch (error) {
    throw toProblem(error, dataDir)
  }
}

async function startLocked({
  home,
  platformPackage,
  onProgress,
  port,
  unlock,
}: {
  home: Home
  platformPackage: PlatformPackage
  onProgress: (sentence: string) => void
  port: number | undefined
  unlock: () => Promise<void>
}): Promise<EmbeddedPostgres> {
  await checkCluster(home, platformPackage.major)
  const password = await getPassword(home)
  const binaries = await installBinaries(home, platformPackage)
  if (!(await exists(home.cluster))) {
    onProgress(`Making a database in ${home.cluster} (once, a few seconds).`)
    await makeCluster(home, binaries, password)
  }
  const urlOf = (port: number, database: string) =>
    `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`
  const start = (on: number | undefined) =>
    startServer({ home, binaries, port: on, onProgress, urlOf })
  const { postmaster, adopted } = await start(port)
  try {
    await ensureDatabase(urlOf(postmaster.port, 'postgres'))
    if (!adopted) await removeOtherBuilds(binaries)
  } catch (error) {
    await stopPostmaster(postmaster)
    throw error
  }

  // Whoever knows the address finds it there again.
  const startAgain = async () => (await start(postmaster.port)).postmaster
  const supervised = supervise(postmaster, startAgain, onProgress)
  let stopping: Promise<void> | undefined
  return {
    url: urlOf(postmaster.port, 'weir'),
    adopted,
    pid: supervised.pid,
    stop: () => (stopping ??= supervised.stop().finally(unlock)),
  }
}
