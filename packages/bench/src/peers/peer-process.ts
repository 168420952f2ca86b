import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Asked, Contender } from '../ask/contender.ts'
import { ROOT } from '../home.ts'

/** What a peer's process sends: first that it is ready, then one answer for every line it is sent. */
export type PeerMessage = { version: string } | Asked

/** A database that runs in a process of its own, so that its memory can be watched and its threads are its own. */
export async function startPeer(
  name: string,
  entry: 'duckdb.ts' | 'clickhouse.ts',
  args: readonly string[],
): Promise<{ contender: Contender; version: string }> {
  const child = fork(fileURLToPath(new URL(`./${entry}`, import.meta.url)), [...args], {
    cwd: ROOT,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const next = () =>
    new Promise<PeerMessage>((resolve, reject) => {
      const onExit = () => reject(new Error(`${name} ended`))
      child.once('exit', onExit)
      child.once('message', (message: PeerMessage) => {
        child.off('exit', onExit)
        resolve(message)
      })
    })
  const ready = await next()
  return {
    version: 'version' in ready ? ready.version : '',
    contender: {
      name,
      rule: 'exact',
      pid: child.pid ?? null,
      async ask() {
        const answer = next()
        child.send('ask')
        const asked = await answer
        if ('version' in asked) throw new Error(`${name} answered out of turn`)
        return asked
      },
      async close() {
        child.disconnect()
        child.kill('SIGTERM')
        await exited
      },
    },
  }
}
