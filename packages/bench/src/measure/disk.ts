import { mkdir, mkdtemp, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long a disk took to hold what was written. */
export interface DiskTimes {
  seconds: number
  p50_ms: number
  p99_ms: number
  most_ms: number
}

const PAGE = Buffer.alloc(16_384, 1)
const FILE_BYTES = 64 * 2 ** 20
/** As often as events are written together. */
const EVERY_MS = 10

/** Writes 16 KB into a file that is there, and waits for the disk, a hundred times a second, with nothing else going on. */
export async function timeDisk(directory: string, seconds: number): Promise<DiskTimes> {
  await mkdir(directory, { recursive: true })
  const home = await mkdtemp(join(directory, 'disk-'))
  const file = await open(join(home, 'file'), 'w')
  try {
    await file.write(Buffer.alloc(FILE_BYTES))
    await file.sync()
    const times: number[] = []
    const end = performance.now() + seconds * 1_000
    for (let at = 0; performance.now() < end; at = (at + PAGE.length) % FILE_BYTES) {
      const began = performance.now()
      await file.write(PAGE, 0, PAGE.length, at)
      await file.datasync()
      times.push(performance.now() - began)
      await sleep(EVERY_MS)
    }
    times.sort((a, b) => a - b)
    const rank = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0
    return { seconds, p50_ms: rank(0.5), p99_ms: rank(0.99), most_ms: rank(1) }
  } finally {
    await file.close()
    await rm(home, { recursive: true })
  }
}
