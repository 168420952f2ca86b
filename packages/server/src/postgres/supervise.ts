import { setTimeout as sleep } from 'node:timers/promises'
import type { Postmaster } from './postmaster.ts'
import { stopPostmaster } from './stop-postmaster.ts'

const LOOK_EVERY_MS = 250
const AFTER_FAILURE_MS = 2_000

/** A server that is started again whenever it ends by itself: out of memory, a full disk, a kill. */
export interface Supervised {
  /** Which process it is now. */
  pid(): number
  stop(): Promise<void>
}

export function supervise(
  first: Postmaster,
  startAgain: () => Promise<Postmaster>,
  say: (sentence: string) => void,
): Supervised {
  let postmaster = first
  const stopping = new AbortController()
  const watching = watch()

  async function watch(): Promise<void> {
    while (await pause(LOOK_EVERY_MS)) {
      if (await postmaster.isAlive()) continue
      say(`Postgres (process ${postmaster.pid}) has ended by itself; it is started again.`)
      await restart()
    }
  }

  async function restart(): Promise<void> {
    do {
      try {
        postmaster = await startAgain()
        return
      } catch (error) {
        say(error instanceof Error ? error.message : String(error))
      }
    } while (await pause(AFTER_FAILURE_MS))
  }

  /** False where it was to stop meanwhile. */
  function pause(ms: number): Promise<boolean> {
    return sleep(ms, true, { signal: stopping.signal, ref: false }).catch(() => false)
  }

  return {
    pid: () => postmaster.pid,
    async stop() {
      stopping.abort()
      // A start under way is waited for: what it starts is stopped too.
      await watching
      await stopPostmaster(postmaster)
    },
  }
}
