import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ROOT } from '../home.ts'

export interface Imported {
  events: number
  seconds: number
}

const imported: z.ZodType<Imported> = z.object({ events: z.number(), seconds: z.number() })
const MAIN = fileURLToPath(new URL('./import-main.ts', import.meta.url))

/** Imports events from a process of its own. */
export async function importEvents(what: {
  url: string
  key: string
  events: number
}): Promise<Imported> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, JSON.stringify(what)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  if (code !== 0) throw new Error(`the import ended with ${code}`)
  return imported.parse(JSON.parse(said))
}
