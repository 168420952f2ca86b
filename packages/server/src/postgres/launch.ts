import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { ENVIRONMENT } from './environment.ts'
import type { Home } from './home.ts'
import type { Postmaster } from './postmaster.ts'
import { settingArguments } from './settings.ts'

/** Starts the server process; whether it can be asked anything is for `waitUntilReady` to find out. */
export async function launch(
  home: Home,
  binaries: string,
  port: number,
  logPath: string,
): Promise<Postmaster> {
  const log = await open(logPath, 'a', 0o600)
  try {
    // -D comes last: that is how `isPostmasterOf` reads it from ps.
    const args = [...settingArguments(port), '-D', home.cluster]
    const child = spawn(join(binaries, 'bin', 'postgres'), args, {
      cwd: home.dir,
      env: ENVIRONMENT,
      stdio: ['ignore', log.fd, log.fd],
      // A group of its own: Ctrl-C reaches Weir alone, which drains before it stops the server.
      detached: true,
      ...home.account,
    })
    await once(child, 'spawn')
    child.unref()
    const { pid } = child
    if (pid === undefined) throw new Error('the server process has no pid')
    return { pid, port, isAlive: async () => child.exitCode === null && child.signalCode === null }
  } finally {
    await log.close()
  }
}
