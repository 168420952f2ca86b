import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { ListProperty } from '@weir/timeline'
import { Pool, type PoolClient } from 'pg'
import { z } from 'zod'
import { connection } from '../db/database.ts'
import { type ListTask, listRanges } from './list-ranges.ts'
import { TailChanged } from './tail-parts.ts'

/** The listing thread: it has a connection of its own, and answers one question after the other. */
const { url } = z.object({ url: z.string() }).parse(workerData)
const pool = new Pool({ ...connection(url, { connections: 1, statement_ms: 60_000 }) })
pool.on('error', () => undefined)
// One that breaks in the middle of a question fails it; without a listener it would end the thread.
pool.on('connect', (client) => client.on('error', () => undefined))

// Acknowledging events comes before answering questions. On Linux this is the priority of this thread alone.
if (process.platform === 'linux') setPriority(5)

parentPort?.on('message', (task: ListTask) => {
  void answer(task).then((told) => parentPort?.postMessage(told))
})

async function answer(task: ListTask) {
  let client: PoolClient | null = null
  try {
    client = await pool.connect()
    const listed = await listRanges(client, task)
    client.release()
    return { listed }
  } catch (error) {
    client?.release(true)
    return { failed: failureOf(error) }
  }
}

/** Classes do not go from thread to thread. */
function failureOf(error: unknown) {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof TailChanged) return { message, code: 'tail_changed' }
  if (error instanceof ListProperty) return { message, code: 'list_property' }
  return { message, code: error instanceof Error && 'code' in error ? String(error.code) : '' }
}
