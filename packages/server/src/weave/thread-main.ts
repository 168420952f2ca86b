import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { Pool } from 'pg'
import { z } from 'zod'
import { connection } from '../db/database.ts'
import { weaveForever } from './weave-forever.ts'

/** The weaver's thread, with a connection of its own. What fails is told, and tried again. */
const { url } = z.object({ url: z.string() }).parse(workerData)
const pool = new Pool(connection(url, { connections: 1, statement_ms: 60_000 }))
pool.on('error', () => undefined)
// One that breaks in the middle of a weave fails it; without a listener it would end the thread.
pool.on('connect', (client) => client.on('error', () => undefined))

// Acknowledging events comes before weaving them. On Linux this is the priority of this thread alone.
if (process.platform === 'linux') setPriority(10)

void weaveForever(pool, (error) => parentPort?.postMessage(error))
