import { chown, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from './exists.ts'
import type { Home } from './home.ts'
import { PostgresProblem } from './problem.ts'
import { run } from './run.ts'
import { problemFromOutput } from './to-problem.ts'

/** The only role of the cluster, its superuser. */
export const ROLE = 'weir'

/** Refuses a cluster that this Postgres cannot open; none at all is fine. */
export async function checkCluster({ cluster }: Home, major: number): Promise<void> {
  if (!(await exists(cluster))) return
  const path = join(cluster, 'PG_VERSION')
  const found = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (found === String(major)) return
  if (found === '') {
    throw new PostgresProblem(
      'cluster_damaged',
      `${cluster} is not a whole Postgres cluster: ${path} cannot be read. Restore it from a backup, or move it away to start with an empty database.`,
    )
  }
  throw new PostgresProblem(
    'other_major_version',
    `The database in ${cluster} was made by Postgres ${found}, and this Weir brings Postgres ${major}, which cannot open it. Start the Weir version that made it, export the data there, and import it here; or point WEIR_DATA_DIR at a new directory. Nothing was changed.`,
  )
}

/** Makes the cluster; initdb works in a directory that becomes `cluster` only when it is whole. */
export async function makeCluster(home: Home, binaries: string, password: string): Promise<void> {
  await removeHalves(home)
  // A new name each time: the initdb of a Weir that was killed may still write to the last one.
  const half = await mkdtemp(`${home.cluster}.half-`)
  const passwordFile = `${half}.password`
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (home.account !== undefined) {
      await chown(half, home.account.uid, home.account.gid)
      await chown(passwordFile, home.account.uid, home.account.gid)
    }
    const { ok, output } = await run(
      join(binaries, 'bin', 'initdb'),
      [
        ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin'],
        ...['--builtin-locale=C.UTF-8', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
        ...[`--username=${ROLE}`, '--pgdata', half],
        // Until there are old ones to use again, a new segment is filled with zeros while every commit
        // waits: 100 ms for the usual 16 MB.
        '--wal-segsize=4',
      ],
      { cwd: home.dir, account: home.account },
    )
    if (!ok) throw await problemFromOutput('Making the database cluster', output, home.dir)
    await rename(half, home.cluster)
  } finally {
    await removeHalves(home)
  }
}

async function removeHalves({ dir }: Home): Promise<void> {
  for (const name of await readdir(dir)) {
    if (name.startsWith('cluster.half-'))
      await rm(join(dir, name), { recursive: true, force: true })
  }
}
