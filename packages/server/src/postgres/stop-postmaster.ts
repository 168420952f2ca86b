import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from '../error-code.ts'
import type { Postmaster } from './postmaster.ts'
import { PostgresProblem } from './problem.ts'

const FAST_MS = 20_000
const IMMEDIATE_MS = 10_000

/**
 * Stops a server: SIGINT ends its sessions and writes a checkpoint; one that takes too long gets
 * SIGQUIT, which loses nothing that was committed but makes the next start recover.
 */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  if (await endsBy(postmaster, 'SIGINT', FAST_MS)) return
  if (await endsBy(postmaster, 'SIGQUIT', IMMEDIATE_MS)) return
  throw new PostgresProblem(
    'would_not_stop',
    `Postgres (process ${postmaster.pid}) does not stop. End it with kill -9 ${postmaster.pid}; what was committed is safe.`,
  )
}

async function endsBy(
  { pid, isAlive }: Postmaster,
  signal: 'SIGINT' | 'SIGQUIT',
  withinMs: number,
): Promise<boolean> {
  if (!(await isAlive())) return true
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended between the look and the signal.
    if (errorCode(error) === 'ESRCH') return true
    throw error
  }
  for (const giveUp = Date.now() + withinMs; Date.now() < giveUp; await sleep(20)) {
    if (!(await isAlive())) return true
  }
  return false
}
