import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { errorCode } from '../error-code.ts'
import { PostgresProblem } from './problem.ts'

const HOST = '127.0.0.1'

/**
 * The port to listen on: the one asked for, else the one of last time, else any free one. Recorded
 * in the home, so that a psql or a dashboard that was pointed at it still works tomorrow.
 */
export async function choosePort(dir: string, asked: number | undefined): Promise<number> {
  const record = join(dir, 'port')
  const recorded = Number(await readFile(record, 'utf8').catch(() => '0'))
  const port = asked === undefined ? await findFreePort(recorded) : await claim(asked)
  if (port !== recorded) await writeFile(record, `${port}\n`)
  return port
}

async function findFreePort(preferred: number): Promise<number> {
  return bind(preferred).catch(() => bind(0))
}

async function claim(port: number): Promise<number> {
  try {
    return await bind(port)
  } catch (error) {
    throw new PostgresProblem(
      'port_taken',
      errorCode(error) === 'EADDRINUSE'
        ? `Port ${port} is taken by another program. Stop that program, or ask for another port (or none: Weir then finds a free one).`
        : `Port ${port} cannot be used (${errorCode(error)}). Ask for another port, or none: Weir then finds a free one.`,
      { cause: error },
    )
  }
}

/** Binds a port for a moment; 0 stands for any. */
function bind(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address !== null ? address.port : port
      server.close(() => resolve(bound))
    })
  })
}
