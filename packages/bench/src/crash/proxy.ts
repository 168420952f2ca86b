import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands between Weir and Postgres, and can cut a connection at the worst moment. */
export interface DatabaseProxy {
  port: number
  /** Resolves when a connection was cut right after it had sent a commit; the commit goes on to Postgres. */
  cutAfterCommit(): Promise<void>
  close(): void
}

/** What commits: the statement of a batch, or COMMIT itself. */
const COMMITS = [Buffer.from('insert-events'), Buffer.from('commit\0')]

export async function openProxy(port: number): Promise<DatabaseProxy> {
  const sockets = new Set<Socket>()
  let cuts: (() => void)[] = []
  const server = createServer((weir) => {
    const postgres = connect({ host: '127.0.0.1', port })
    for (const socket of [weir, postgres]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    weir.on('data', (chunk) => {
      postgres.write(chunk)
      if (cuts.length === 0 || !COMMITS.some((text) => chunk.includes(text))) return
      for (const done of cuts) done()
      cuts = []
      // Weir sees a reset; Postgres does all that it was sent, and then finds nobody to tell.
      weir.destroy()
      postgres.end()
    })
    postgres.on('data', (chunk) => {
      if (!weir.destroyed) weir.write(chunk)
    })
    weir.on('close', () => postgres.end())
    postgres.on('close', () => weir.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: portOf(server.address()),
    cutAfterCommit: () =>
      new Promise((resolve) => {
        cuts.push(resolve)
      }),
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return address.port
}
