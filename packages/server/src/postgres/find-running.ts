import { join } from 'node:path'
import { ROLE } from './cluster.ts'
import { exists } from './exists.ts'
import { getHome } from './home.ts'
import { getPassword } from './password.ts'
import { findPostmaster } from './pid-file.ts'

/** Whether a data directory has a cluster of ours. */
export async function hasCluster(dataDir: string): Promise<boolean> {
  const [elsewhere, here] = await Promise.all([
    exists(join(dataDir, 'postgres-lives-in')),
    exists(join(dataDir, 'postgres', 'cluster')),
  ])
  return elsewhere || here
}

/** The address of the database that a running Weir keeps in a data directory; undefined while none answers. */
export async function findRunning(dataDir: string): Promise<string | undefined> {
  const home = await getHome(dataDir, () => undefined)
  const postmaster = await findPostmaster(home.cluster)
  if (!postmaster) return undefined
  return `postgres://${ROLE}:${await getPassword(home)}@127.0.0.1:${postmaster.port}/weir`
}
