import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from './exists.ts'
import type { Home } from './home.ts'
import { PostgresProblem } from './problem.ts'

/** The database password: made with the cluster, kept beside it where only Weir's user can read. */
export async function getPassword({ dataDir, cluster }: Home): Promise<string> {
  const path = join(dataDir, 'postgres-password')
  if (await exists(path)) return (await readFile(path, 'utf8')).trim()
  if (await exists(cluster)) {
    throw new PostgresProblem(
      'password_lost',
      `The database in ${cluster} has a password, and the file that kept it, ${path}, is gone. Bring it back, or delete ${cluster} to start with an empty database.`,
    )
  }
  const password = randomBytes(24).toString('base64url')
  const file = await open(`${path}.half`, 'w', 0o600)
  try {
    await file.writeFile(`${password}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.half`, path)
  return password
}
