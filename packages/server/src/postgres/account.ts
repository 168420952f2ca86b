import { readFile, stat } from 'node:fs/promises'
import { PostgresProblem } from './problem.ts'

/** The user that Postgres runs as when Weir is root. Spread it into the options of a spawn. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * Postgres refuses to run as root. Whoever owns the cluster runs it, as Postgres demands; a new one
 * gets `postgres`, else `nobody`. Undefined when Weir is not root: Postgres is then its own user's.
 */
export async function findAccount(clusterDir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(clusterDir).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) {
    return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  }
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''))
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const account = accounts.find((candidate) => candidate.name === name && candidate.uid > 0)
    if (account !== undefined) return account
  }
  throw new PostgresProblem(
    'not_permitted',
    'Postgres does not run as root, and /etc/passwd has neither postgres nor nobody. Start Weir as an ordinary user, or set DATABASE_URL.',
  )
}

const parsePasswd = (text: string): Account[] =>
  text.split('\n').map((line) => {
    const [name = '', , uid, gid] = line.split(':')
    return { name, uid: Number(uid), gid: Number(gid) }
  })
