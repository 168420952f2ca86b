import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Postmaster } from './postmaster.ts'
import { isPostmasterOf } from './processes.ts'

const FILE = 'postmaster.pid'
const PATIENCE_MS = 1_000

/** The server that a killed Weir left running on this cluster, if it still does. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  for (const giveUp = Date.now() + PATIENCE_MS; ; await sleep(50)) {
    const lines = await readLines(cluster)
    if (lines === undefined) return undefined
    const pid = Number(lines[0])
    const isAlive = () => isPostmasterOf(pid, cluster)
    // The server writes the file in steps, the port (line 4) after the pid.
    const port = Number(lines[3])
    if (pid > 0 && port > 0) return (await isAlive()) ? { pid, port, isAlive } : undefined
    if (Date.now() > giveUp) return undefined
  }
}

/**
 * Keeps a stale pid file from preventing a start. Postgres believes its pid whenever any process of
 * its user has that number by now, but takes our own, its parent's, for stale (CreateLockFile in
 * miscinit.c). Not deleted: the file also holds the key of the shared memory, one of the two ways in
 * which Postgres notices that orphans of a killed postmaster still write to this cluster.
 */
export async function disarmPidFile(cluster: string): Promise<void> {
  const lines = await readLines(cluster)
  if (lines === undefined) return
  if (!(Number(lines[0]) > 0)) return rm(join(cluster, FILE))
  const file = await open(join(cluster, FILE), 'r+')
  try {
    const bytes = Buffer.from([String(process.pid), ...lines.slice(1)].join('\n'))
    await file.write(bytes, 0, bytes.length, 0)
    await file.truncate(bytes.length)
  } finally {
    await file.close()
  }
}

const readLines = (cluster: string) =>
  readFile(join(cluster, FILE), 'utf8').then(
    (text) => text.split('\n'),
    () => undefined,
  )
