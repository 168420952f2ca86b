import { open, rename, stat } from 'node:fs/promises'

const MAX_BYTES = 10_000_000
const TAIL_BYTES = 2_000

/** Where the server's log stands before a start. A log over 10 MB becomes `.old` first. */
export async function prepareLog(path: string): Promise<number> {
  const bytes = await sizeOf(path)
  if (bytes <= MAX_BYTES) return bytes
  await rename(path, `${path}.old`)
  return 0
}

/** The end of what was logged since a start: at most 2,000 bytes. */
export async function readLogTail(path: string, since: number): Promise<string> {
  const start = Math.max(since, (await sizeOf(path)) - TAIL_BYTES)
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )
