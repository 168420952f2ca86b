import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { ROOT } from '../home.ts'
import { type Load, type Sent, sent } from './load.ts'

const MAIN = fileURLToPath(new URL('./senders-main.ts', import.meta.url))

/** Sends from a process of its own, and says what became of it. */
export async function send(load: Load): Promise<Sent> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, JSON.stringify(load)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  if (code !== 0) throw new Error(`the senders ended with ${code}`)
  return sent.parse(JSON.parse(said))
}
