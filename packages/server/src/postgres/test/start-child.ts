import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'

export interface Said {
  url?: string
  adopted?: boolean
  code?: string
  message?: string
}

/** Starts Postgres from a Node process of its own, with an empty environment. */
export async function startChild(
  dataDir: string,
  options: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcess; said: Said; end(how: 'stop' | 'leave'): Promise<void> }> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const program = fileURLToPath(new URL('hold-postgres.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', tsx, program, dataDir], {
    ...options,
    env: {},
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  // One that could not start ends by itself, maybe just when it is told to.
  child.stdin.on('error', () => undefined)
  const exited = once(child, 'exit')
  const [line] = await once(createInterface(child.stdout), 'line')
  const said: Said = JSON.parse(line)
  const end = async (how: 'stop' | 'leave') => {
    child.stdin.end(how)
    await exited
  }
  return { child, said, end }
}
