import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { errorCode } from '../error-code.ts'
import type { Postmaster } from './postmaster.ts'
import { PostgresProblem } from './problem.ts'

const SILENCE_MS = 60_000
const SAY_AFTER_MS = 3_000

/** Waits for an answered `select 1`; false when the server died first. */
export async function waitUntilReady(
  { pid, isAlive }: Postmaster,
  url: string,
  say: (sentence: string) => void,
): Promise<boolean> {
  const began = Date.now()
  let lastSign = began
  let said = false
  for (;;) {
    const problem = await ask(url)
    if (problem === undefined) return true
    if (!(await isAlive())) return false
    switch (errorCode(problem)) {
      // It answers that it is starting, recovering or stopping: after a crash with much to replay
      // that may take minutes, and is no reason to give up.
      case '57P03':
        lastSign = Date.now()
        break
      case '28P01':
        throw new PostgresProblem(
          'password_lost',
          'Postgres runs, but does not take the password in postgres-password: that file belongs to another cluster. Bring the right one back, or point WEIR_DATA_DIR at a new directory.',
        )
    }
    if (Date.now() - lastSign > SILENCE_MS) {
      throw new PostgresProblem(
        'would_not_start',
        `Postgres (process ${pid}) runs but has not answered for ${SILENCE_MS / 1000} seconds (${problem.message}). Look at its log; kill ${pid} and start again.`,
        { cause: problem },
      )
    }
    if (!said && Date.now() - began > SAY_AFTER_MS) {
      said = true
      say('Postgres is not ready yet: it recovers from a crash, or still stops.')
    }
    await sleep(25)
  }
}

async function ask(url: string): Promise<Error | undefined> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
  })
  // A connection that breaks outside of a query would end the process otherwise.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  } finally {
    await client.end().catch(() => undefined)
  }
}
