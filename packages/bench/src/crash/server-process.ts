import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { buildMain } from './build-main.ts'

/** A Weir in a process of its own that is started again whenever it ends, always on the same port. */
export interface ServerProcess {
  url: string
  pid(): number
  /** Whether it has said that it runs, and has not ended since. */
  isUp(): boolean
  /** Sends a signal to the one that lives now, ready or not. */
  end(signal: 'SIGKILL' | 'SIGTERM'): void
  /** Resolves when it runs; throws where it does not for two minutes. */
  untilUp(): Promise<void>
  stop(): Promise<void>
}

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))
const AGAIN_MS = 100
const LOOK_MS = 20
const UP_WITHIN_LOOKS = 6_000

export async function startServerProcess(
  database_url: string,
  main: string = MAIN,
): Promise<ServerProcess> {
  const file = await buildMain(main)
  let stopping = false
  let up = false
  let url = ''
  let said = ''
  let child = run()

  function run(): ChildProcess {
    const started = spawn(process.execPath, [file], {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: database_url,
        // Many senders from one address.
        WEIR_RATE_LIMIT: '0',
        PORT: url === '' ? '0' : new URL(url).port,
        WEIR_THREADS: '1',
        WEIR_LOG_LEVEL: 'fatal',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    said = ''
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk
        const [, found] = /(http:\/\/[\d.]+:\d+)/.exec(said) ?? []
        if (!found || child !== started) return
        url = found
        up = true
      })
    }
    started.once('exit', () => {
      up = false
      // Its database may be away: then it says so, ends, and is started again.
      setTimeout(() => {
        if (!stopping) child = run()
      }, AGAIN_MS)
    })
    return started
  }

  async function untilUp(): Promise<void> {
    // Looks are counted, not the clock: a machine that stood still gave the server no time.
    for (let looks = 0; !up; looks++) {
      if (looks > UP_WITHIN_LOOKS) throw new Error(`the server does not start: ${said}`)
      await sleep(LOOK_MS)
    }
  }

  await untilUp()
  return {
    url,
    pid: () => child.pid ?? 0,
    isUp: () => up,
    end: (signal) => void child.kill(signal),
    untilUp,
    async stop() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
