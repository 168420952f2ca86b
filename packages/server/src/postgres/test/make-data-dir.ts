import { chmod, mkdtemp, readFile, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findPostmaster } from '../pid-file.ts'
import { stopPostmaster } from '../stop-postmaster.ts'

/** A data directory to be, in a directory with a space in its name of which nothing is left at the end. */
export async function makeDataDir(
  onEnd: (cleanUp: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'weir pg-'))
  // As root, Postgres runs as another user, who has to get in.
  await chmod(parent, 0o755)
  const dataDir = join(parent, '.weir')
  onEnd(async () => {
    const elsewhere = await readFile(join(dataDir, 'postgres-lives-in'), 'utf8').catch(() => '')
    const home = elsewhere === '' ? join(dataDir, 'postgres') : elsewhere.trim()
    // A test that failed may have left it running.
    const left = await findPostmaster(join(home, 'cluster'))
    if (left !== undefined) await stopPostmaster(left)
    if (elsewhere !== '') {
      await rm(home, { recursive: true, force: true })
      await rmdir(dirname(home)).catch(() => undefined)
    }
    await rm(parent, { recursive: true, force: true })
  })
  return dataDir
}
