import { setTimeout as sleep } from 'node:timers/promises'
import type { EmbeddedPostgres } from '../../../server/src/postgres/embedded.ts'
import { familyOf, signalAll } from './family.ts'
import type { DatabaseProxy } from './proxy.ts'
import type { ServerProcess } from './server-process.ts'

export interface Victims {
  server: ServerProcess
  postgres: EmbeddedPostgres
  proxy: DatabaseProxy
}

const FROZEN_MS = 5_000
const NOTICED_MS = 2_000

/** Everything that is done to Weir and its database, and how often each. */
export const HARMS = {
  kill_server: [4, ({ server }: Victims) => server.restart('SIGKILL')],
  stop_server: [1, ({ server }: Victims) => server.restart('SIGTERM')],
  cut_after_commit: [3, ({ proxy }: Victims) => proxy.cutAfterCommit()],
  // Its supervisor starts it again, on the same port.
  kill_postgres: [
    2,
    async ({ postgres }: Victims) => {
      const pid = postgres.pid()
      process.kill(pid, 'SIGKILL')
      while (postgres.pid() === pid) await sleep(20)
    },
  ],
  freeze_postgres: [
    1,
    async ({ postgres }: Victims) => {
      const family = familyOf(postgres.pid())
      signalAll(family, 'SIGSTOP')
      await sleep(FROZEN_MS)
      signalAll(family, 'SIGCONT')
      await sleep(NOTICED_MS)
    },
  ],
} as const satisfies Record<string, readonly [number, (victims: Victims) => Promise<void>]>

export type Harm = keyof typeof HARMS
