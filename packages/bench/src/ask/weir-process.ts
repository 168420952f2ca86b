import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { ROOT } from '../home.ts'
import { THREADS } from './question.ts'

/** A Weir as `npm start` runs it, in a process of its own. */
export interface WeirProcess {
  url: string
  pid: number
  stop(): Promise<void>
}

// As `npm start` in package.json. Events live until their commit: a small young generation copies them; and their
// bytes make V8 mark all of the heap every second, 15 ms with the loop stopped, unless it may grow fourfold first.
const START = ['--max-semi-space-size=64', '--heap-growing-percent=300', '--import', 'tsx']

const MAIN = 'packages/server/src/main.ts'

const URL_SAID = /http:\/\/[\d.]+:\d+/

/** `main` is the file to run, and its arguments; `settings` are of the environment. */
export async function startWeirProcess(
  database_url: string,
  { main = [MAIN], settings = {} }: { main?: string[]; settings?: Record<string, string> } = {},
): Promise<WeirProcess> {
  const child = spawn(process.execPath, [...START, ...main], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database_url,
      // Many senders from one address.
      WEIR_RATE_LIMIT: '0',
      PORT: '0',
      WEIR_THREADS: String(THREADS),
      WEIR_LOG_LEVEL: 'error',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = URL_SAID.exec(line) ?? []
    if (!url || !child.pid) continue
    child.stdout.resume()
    return {
      url,
      pid: child.pid,
      async stop() {
        child.kill('SIGTERM')
        await exited
      },
    }
  }
  throw new Error('Weir did not say where it listens')
}
