import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

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
    if (elsewhere !== '') await rm(elsewhere.trim(), { recursive: true, force: true })
    await rm(parent, { recursive: true, force: true })
  })
  return dataDir
}
