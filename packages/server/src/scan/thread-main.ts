import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { ListProperty } from '@weir/timeline'
import { Pool, type PoolClient } from 'pg'
import { z } from 'zod'
import { connection } from '../db/database.ts'
import { fetchBlocks } from './fetch-blocks.ts'
import type { Counted, Kind } from './question.ts'
import { scanRanges } from './scan-ranges.ts'
import { TailChanged } from './tail-parts.ts'
import type { Answer, Order } from './thread.ts'

/** One thread: it has a connection of its own, and obeys one order after the other. */
const { url } = z.object({ url: z.string() }).parse(workerData)
const pool = new Pool({ ...connection(url, { connections: 1, statement_ms: 60_000 }) })
pool.on('error', () => undefined)
// One that breaks in the middle of a question fails it; without a listener it would end the thread.
pool.on('connect', (client) => client.on('error', () => undefined))

// Acknowledging events comes before answering questions. On Linux this is the priority of this thread alone.
if (process.platform === 'linux') setPriority(5)

parentPort?.on('message', (order: Order) => {
  void obey(order).then((answer) => parentPort?.postMessage(answer))
})

async function obey(order: Order): Promise<Answer<Counted[Kind]>> {
  let connected: Promise<PoolClient> | null = null
  const connect = () => (connected ??= pool.connect())
  const letGo = async (isBroken: boolean) => (await connected)?.release(isBroken)
  try {
    const answer = await (order.kind === 'scan' ? scan(order, connect) : fetch(order, connect))
    await letGo(false)
    return answer
  } catch (error) {
    await letGo(true).catch(() => undefined)
    const message = error instanceof Error ? error.message : String(error)
    const tail_changed = error instanceof TailChanged
    return { failed: { message, code: codeOf(error), tail_changed } }
  }
}

type Connect = () => Promise<PoolClient>

async function scan({ task, share }: Order & { kind: 'scan' }, connect: Connect) {
  return { counted: await scanRanges(connect, task, share) }
}

async function fetch(order: Order & { kind: 'fetch' }, connect: Connect) {
  return { memory: await fetchBlocks(await connect(), order.site_id, order.blocks) }
}

/** Classes do not go from thread to thread. */
function codeOf(error: unknown): string {
  if (error instanceof ListProperty) return 'list_property'
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
