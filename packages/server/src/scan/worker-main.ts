import { parentPort, workerData } from 'node:worker_threads'
import { ListProperty } from '@weir/timeline'
import { Pool } from 'pg'
import { z } from 'zod'
import { connection } from '../db/database.ts'
import { scanRanges, TailChanged, type Task } from './scan-ranges.ts'
import type { Answer } from './thread.ts'

/** One thread: it has a connection of its own, and answers one task after the other. */
const { url } = z.object({ url: z.string() }).parse(workerData)
const pool = new Pool({ ...connection(url, { connections: 1, statement_ms: 60_000 }) })
pool.on('error', () => undefined)
// One that breaks in the middle of a question fails it; without a listener it would end the thread.
pool.on('connect', (client) => client.on('error', () => undefined))

parentPort?.on('message', (task: Task) => {
  void answer(task).then((message) => parentPort?.postMessage(message))
})

/** Classes do not go from thread to thread. */
function codeOf(error: unknown): string {
  if (error instanceof ListProperty) return 'list_property'
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

async function answer(task: Task): Promise<Answer> {
  try {
    return { counted: await scanRanges(pool, task) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const code = codeOf(error)
    return { failed: { message, code, tail_changed: error instanceof TailChanged } }
  }
}
