import { open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from '../error-code.ts'
import { PostgresProblem } from './problem.ts'
import { processIdentity } from './processes.ts'

const TRIES = 4

/**
 * Takes the lock of a home for this process; what it returns gives the lock back.
 * 1. Each process makes an empty file named for itself: `lock-<pid>-<identity>`.
 * 2. Then it looks for others. One whose process is gone, or has another identity now, is removed.
 * 3. If another lives, it takes its own file back. Two who come at once may both do so, never
 *    neither; a random pause lets one of them win the next try.
 * A file that holds a pid would need an atomic takeover when stale, which no file system has.
 */
export async function lockHome(dir: string): Promise<() => Promise<void>> {
  for (let tries = 1; ; tries++) {
    const mine = `lock-${process.pid}-${(await processIdentity(process.pid)) ?? ''}`
    await create(join(dir, mine), dir)
    const release = () => rm(join(dir, mine), { force: true })
    const holder = await findLivingHolder(dir, mine)
    if (holder === undefined) return release
    await release()
    if (tries === TRIES) throw inUse(holder, dir)
    await sleep(50 + Math.random() * 150)
  }
}

async function create(path: string, dir: string): Promise<void> {
  try {
    await (await open(path, 'wx')).close()
  } catch (error) {
    throw errorCode(error) === 'EEXIST' ? inUse(process.pid, dir) : error
  }
}

async function findLivingHolder(dir: string, mine: string): Promise<number | undefined> {
  for (const name of await readdir(dir)) {
    const [, pid, identity] = /^lock-(\d+)-(.*)$/.exec(name) ?? []
    if (pid === undefined || name === mine) continue
    if ((await processIdentity(Number(pid))) === identity) return Number(pid)
    await rm(join(dir, name), { force: true })
  }
  return undefined
}

const inUse = (pid: number, dir: string) =>
  new PostgresProblem(
    'in_use',
    `Another Weir (process ${pid}) already runs on ${dir}. Stop it (kill ${pid}), or give this one a WEIR_DATA_DIR of its own.`,
  )
