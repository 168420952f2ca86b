import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A Weir in a process of its own, killed and started again at will, always on the same port. */
export interface ServerProcess {
  url: string
  pid(): number
  /** Ends it by a signal, waits until it has ended, and starts it again. */
  restart(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  stop(): Promise<void>
}

/** As whoever runs Weir does: with the processor taken by others, its database may not answer in time. */
const STARTS = 5
const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))

export async function startServerProcess(
  database_url: string,
  main: string = MAIN,
): Promise<ServerProcess> {
  let { child, url } = await start(database_url, main, 0)
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return {
    url,
    pid: () => child.pid ?? 0,
    async restart(signal) {
      await end(signal)
      ;({ child, url } = await startAgain(database_url, main, Number(new URL(url).port)))
    },
    stop: () => end('SIGTERM'),
  }
}

async function startAgain(database_url: string, main: string, port: number) {
  for (let starts = 1; ; starts++) {
    try {
      return await start(database_url, main, port)
    } catch (error) {
      if (starts === STARTS) throw error
    }
  }
}

async function start(
  database_url: string,
  main: string,
  port: number,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database_url,
      // Many senders from one address.
      WEIR_RATE_LIMIT: '0',
      PORT: String(port),
      WEIR_THREADS: '1',
      WEIR_LOG_LEVEL: 'fatal',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (chunk) => {
      said += chunk
      const [, found] = /(http:\/\/[\d.]+:\d+)/.exec(said) ?? []
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
  })
  return { child, url }
}
