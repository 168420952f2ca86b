import { mkdir, readdir, rm, stat, statfs, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startEmbedded } from './embedded.ts'
import { ask } from './test/ask.ts'
import { makeDataDir } from './test/make-data-dir.ts'
import { mountTmpfs, unmount } from './test/mount-tmpfs.ts'

const dataDir = await makeDataDir(async (cleanUp) => {
  afterAll(async () => {
    if (mounted) unmount(dataDir)
    await cleanUp()
  })
})
await mkdir(dataDir)
const mounted = mountTmpfs(dataDir, 'size=30m')

test.runIf(mounted)(
  'says so when the disk is full, at every step, and goes on when it is not (needs root and tmpfs)',
  async () => {
    const refused = async () => {
      const start = startEmbedded({ dataDir })
      await expect(start).rejects.toMatchObject({ code: 'disk_full' })
      await expect(start).rejects.toThrow('free some space')
    }
    // Copying the binaries.
    await refused()
    expect(await readdir(join(dataDir, 'postgres', 'binaries'))).toEqual([])

    // Making the cluster.
    mountTmpfs(dataDir, 'size=75m', 'remount')
    await refused()
    expect(await readdir(join(dataDir, 'postgres'))).toEqual(['binaries'])

    mountTmpfs(dataDir, 'size=400m', 'remount')
    const first = await startEmbedded({ dataDir })
    await ask(first.url, 'create table proof as select 42 as answer')
    await first.stop()

    // Starting the server.
    // A log that ends with its page: the server cannot even say why it dies.
    const log = join(dataDir, 'postgres', 'log')
    await truncate(log, Math.ceil((await stat(log)).size / 4096) * 4096)
    const { bavail, bsize } = await statfs(dataDir)
    const filler = join(dataDir, 'filler')
    await writeFile(filler, Buffer.alloc(bavail * bsize))
    await refused()

    await rm(filler)
    const second = await startEmbedded({ dataDir })
    expect(await ask(second.url, 'select answer from proof')).toBe(42)
    await second.stop()
  },
)
