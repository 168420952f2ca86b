import {
  chmod,
  copyFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { exists } from './exists.ts'
import type { Home } from './home.ts'
import type { PlatformPackage } from './platform-package.ts'
import { PostgresProblem } from './problem.ts'
import { run } from './run.ts'

// 1,023 small files: one after the other they took twice as long (2 cores, virtual disk).
const COPY_LANES = 8

/**
 * Copies the binaries into the home, once per build; answers their directory. They do not run where
 * npm put them: their libraries need links that only the package's install script makes, and
 * node_modules may be read-only or out of the Postgres user's reach.
 */
export async function installBinaries(home: Home, from: PlatformPackage): Promise<string> {
  const whole = join(home.dir, 'binaries', from.build)
  if (await exists(whole)) return whole
  const half = `${whole}.half`
  await rm(half, { recursive: true, force: true })
  try {
    await mkdir(dirname(half), { recursive: true })
    await chmod(dirname(half), 0o755)
    await copy(from.native, half)
    await link(from.native, half)
    await tryOut(half, home, from)
    await rename(half, whole)
  } catch (error) {
    // Gives the space back, should the disk be full.
    await rm(half, { recursive: true, force: true })
    throw error
  }
  return whole
}

/** Deletes every other build; call it when no server runs from one. */
export async function removeOtherBuilds(binaries: string): Promise<void> {
  for (const name of await readdir(dirname(binaries))) {
    if (name === basename(binaries)) continue
    await rm(join(dirname(binaries), name), { recursive: true, force: true })
  }
}

/** Modes are set, not copied: a read-only or strict source would give a copy nobody can delete or run. */
async function copy(from: string, to: string): Promise<void> {
  await makeDirectory(to)
  const files: string[] = []
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const path = relative(from, join(entry.parentPath, entry.name))
    // A directory comes before what is in it.
    if (entry.isDirectory()) await makeDirectory(join(to, path))
    else if (entry.isFile()) files.push(path)
  }
  const queue = files.values()
  const lane = async () => {
    for (const path of queue) await copyOne(join(from, path), join(to, path))
  }
  // All of them, also after a failure: who cleans up must not meet a lane that still writes.
  const ends = await Promise.allSettled(Array.from({ length: COPY_LANES }, lane))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function makeDirectory(path: string): Promise<void> {
  await mkdir(path)
  await chmod(path, 0o755)
}

async function copyOne(from: string, to: string): Promise<void> {
  await copyFile(from, to)
  await chmod(to, 0o755)
  const file = await open(to, 'r+')
  try {
    // The rename says "whole" only if the bytes are on disk before it.
    await file.sync()
  } finally {
    await file.close()
  }
}

async function link(native: string, to: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    // Both are written from the package's root, `native/lib/…`, and lie in one directory.
    await symlink(basename(source), join(to, target.replace(/^native\//, '')))
  }
}

/** Alpine has no glibc, a mount may forbid to execute: better known now than from a dead server. */
async function tryOut(half: string, home: Home, from: PlatformPackage): Promise<void> {
  const program = join(half, 'bin', 'postgres')
  const { ok, output } = await run(program, ['--version'], { cwd: home.dir, account: home.account })
  if (ok) return
  throw new PostgresProblem(
    'binaries_do_not_run',
    `The Postgres that Weir brings (${from.build}) does not run from ${home.dir}; it needs glibc (Alpine has none) and a disk that allows programs to run (no noexec). Point WEIR_DATA_DIR elsewhere, or set DATABASE_URL to a Postgres of yours. It said: ${output.trim()}`,
  )
}
