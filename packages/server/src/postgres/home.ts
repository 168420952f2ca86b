import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, realpath, rename, rmdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { errorCode } from '../error-code.ts'
import { type Account, findAccount } from './account.ts'
import { exists } from './exists.ts'
import { PostgresProblem } from './problem.ts'
import { run } from './run.ts'

/** Where Postgres lives: binaries, cluster, log and lock in one directory that its user can reach. */
export interface Home {
  /** The data directory, as the operating system spells it. */
  readonly dataDir: string
  readonly dir: string
  readonly cluster: string
  readonly account: Account | undefined
}

/** For a root whose Postgres user cannot reach the data directory. */
const ELSEWHERE = '/var/lib/weir'

/**
 * Finds or makes the home of a data directory:
 * 1. where `postgres-lives-in` points, for ever after it was written;
 * 2. `postgres/` in the data directory;
 * 3. as root, when the Postgres user cannot reach 2 (under /root, say): /var/lib/weir/<hash>.
 */
export async function getHome(dataDir: string, say: (sentence: string) => void): Promise<Home> {
  await mkdir(dataDir, { recursive: true })
  const canonical = await realpath(resolve(dataDir))
  const pointer = join(canonical, 'postgres-lives-in')
  const moved = await readPointer(pointer)
  const dir = moved ?? join(canonical, 'postgres')
  const home = await open(canonical, dir)
  if (await canReach(home)) return home

  if (moved !== undefined || (await exists(home.cluster))) throw notReachable(home)
  const hash = createHash('sha256').update(canonical).digest('hex').slice(0, 16)
  await mkdir(ELSEWHERE, { recursive: true })
  await chmod(ELSEWHERE, 0o755)
  const elsewhere = await open(canonical, join(ELSEWHERE, hash))
  if (!(await canReach(elsewhere))) throw notReachable(elsewhere)
  await writeFile(`${pointer}.half`, `${elsewhere.dir}\n`)
  await rename(`${pointer}.half`, pointer)
  // Only when empty: whatever is in there is not ours to delete.
  await rmdir(dir).catch(() => undefined)
  say(
    `${elsewhere.account?.name} cannot reach ${dir}, so Postgres and its data live in ${elsewhere.dir}.`,
  )
  return elsewhere
}

async function readPointer(pointer: string): Promise<string | undefined> {
  if (!(await exists(pointer))) return undefined
  const dir = (await readFile(pointer, 'utf8')).trim()
  if (await exists(dir)) return dir
  throw new PostgresProblem(
    'cluster_lost',
    `The database lived in ${dir}, says ${pointer}, but that directory is gone. Bring it back, or delete ${pointer} to start with an empty one.`,
  )
}

async function open(dataDir: string, dir: string): Promise<Home> {
  const cluster = join(dir, 'cluster')
  await mkdir(dir, { recursive: true })
  const account = await findAccount(cluster)
  // Traverse, not list. Said again because a strict umask takes it from mkdir.
  if (account !== undefined) await chmod(dir, 0o711)
  return { dataDir, dir, cluster, account }
}

/** Asks the operating system, as that user: mode bits alone miss access lists and mounts. */
async function canReach({ dir, account }: Home): Promise<boolean> {
  if (account === undefined) return true
  try {
    return (await run('/bin/sh', ['-c', 'cd "$1"', 'sh', dir], { cwd: '/', account })).ok
  } catch (error) {
    if (errorCode(error) !== 'EPERM') throw error
    throw new PostgresProblem(
      'not_permitted',
      `Postgres does not run as root, and this root may not become ${account.name} (a container without CAP_SETUID and CAP_SETGID?). Allow it, start Weir as an ordinary user, or set DATABASE_URL.`,
      { cause: error },
    )
  }
}

const notReachable = ({ dir, account }: Home) =>
  new PostgresProblem(
    'not_reachable',
    `As root, Weir runs Postgres as ${account?.name}, who cannot reach ${dir}. Make every directory above it traversable (chmod a+x), or start Weir as an ordinary user.`,
  )
