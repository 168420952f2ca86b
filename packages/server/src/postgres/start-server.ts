import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Home } from './home.ts'
import { launch } from './launch.ts'
import { prepareLog, readLogTail } from './log.ts'
import { disarmPidFile, findPostmaster } from './pid-file.ts'
import { choosePort } from './port.ts'
import type { Postmaster } from './postmaster.ts'
import { waitUntilReady } from './ready.ts'
import { stopPostmaster } from './stop-postmaster.ts'
import { problemFromOutput } from './to-problem.ts'

const RETRY_FOR_MS = 15_000

// Orphans of a killed postmaster that still end; a server that was spawned but had not yet written
// its pid file when Weir was killed; a free port that somebody took before we did.
const PASSING =
  /pre-existing shared memory block|lock file "postmaster.pid" already exists|Address already in use/

/** Adopts the server that already runs on the cluster, or starts one; either way it answers. */
export async function startServer({
  home,
  binaries,
  port,
  onProgress,
  urlOf,
}: {
  home: Home
  binaries: string
  port: number | undefined
  onProgress: (sentence: string) => void
  urlOf: (port: number, database: string) => string
}): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  const isReady = (postmaster: Postmaster) =>
    waitUntilReady(postmaster, urlOf(postmaster.port, 'postgres'), onProgress)

  for (const giveUp = Date.now() + RETRY_FOR_MS; ; await sleep(250)) {
    const left = await findPostmaster(home.cluster)
    // One that was on its way out is gone by now: look again.
    if (left !== undefined && !(await isReady(left))) continue
    if (left !== undefined && (port === undefined || port === left.port)) {
      onProgress(`Took over the Postgres (process ${left.pid}) that a killed Weir left running.`)
      return { postmaster: left, adopted: true }
    }
    if (left !== undefined) await stopPostmaster(left)

    await disarmPidFile(home.cluster)
    const logPath = join(home.dir, 'log')
    const logStart = await prepareLog(logPath)
    const postmaster = await launch(home, binaries, await choosePort(home.dir, port), logPath)
    if (await isReadyOrStopped(postmaster, isReady)) return { postmaster, adopted: false }

    const lastWords = await readLogTail(logPath, logStart)
    if (PASSING.test(lastWords) && Date.now() < giveUp) continue
    throw await problemFromOutput('Starting Postgres', lastWords, home.dir)
  }
}

async function isReadyOrStopped(
  postmaster: Postmaster,
  isReady: (postmaster: Postmaster) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await isReady(postmaster)
  } catch (error) {
    // Not left behind by a start that failed.
    await stopPostmaster(postmaster)
    throw error
  }
}
