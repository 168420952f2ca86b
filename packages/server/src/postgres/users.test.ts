import { chmod, chown, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { startEmbedded } from './embedded.ts'
import { ask } from './test/ask.ts'
import { makeDataDir } from './test/make-data-dir.ts'
import { startChild } from './test/start-child.ts'

const NOBODY = { uid: 65_534, gid: 65_534 }
const isRoot = process.getuid?.() === 0

test.runIf(isRoot)(
  'as root, goes where Postgres can when the directory is closed (needs root)',
  async () => {
    const dataDir = await makeDataDir()
    await chmod(dirname(dataDir), 0o700)
    const heard: string[] = []
    const onProgress = (sentence: string) => heard.push(sentence)

    const first = await startEmbedded({ dataDir, onProgress })
    const home = (await readFile(join(dataDir, 'postgres-lives-in'), 'utf8')).trim()
    expect(home).toMatch(/^\/var\/lib\/weir\/[0-9a-f]{16}$/)
    expect(heard.join(' ')).toContain(`live in ${home}`)
    expect((await stat(join(home, 'cluster'))).uid).toBeGreaterThan(0)
    await ask(first.url, 'create table proof as select 42 as answer')
    await first.stop()

    // Reachable now; still, the data are where they are.
    await chmod(dirname(dataDir), 0o755)
    const second = await startEmbedded({ dataDir, onProgress })
    expect(await ask(second.url, 'select answer from proof')).toBe(42)
    await second.stop()

    await rm(home, { recursive: true })
    await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'cluster_lost' })
  },
)

test.runIf(isRoot)(
  'as root, makes no second database when its cluster got out of reach (needs root)',
  async () => {
    const dataDir = await makeDataDir()
    const cluster = join(dataDir, 'postgres', 'cluster')
    await mkdir(cluster, { recursive: true })
    await chown(cluster, NOBODY.uid, NOBODY.gid)
    await chmod(dirname(dataDir), 0o700)
    await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'not_reachable' })
  },
)

test.runIf(isRoot)(
  'as an ordinary user, owns the server and what it stores (needs root to become one)',
  async () => {
    const dataDir = await makeDataDir()
    await mkdir(dataDir)
    await chown(dataDir, NOBODY.uid, NOBODY.gid)
    const { said, end } = await startChild(dataDir, NOBODY)
    expect(said).toMatchObject({ adopted: false })
    expect((await stat(join(dataDir, 'postgres', 'cluster'))).uid).toBe(NOBODY.uid)
    expect(await ask(said.url, 'show server_encoding')).toBe('UTF8')
    await end('stop')

    // Root takes the directory over: the owner of the cluster runs it on.
    const asRoot = await startEmbedded({ dataDir })
    await asRoot.stop()
  },
)

test.runIf(isRoot)(
  'refuses a directory it may not write to, with its name (needs root to become nobody)',
  async () => {
    const dataDir = await makeDataDir()
    const { said } = await startChild(dataDir, NOBODY)
    expect(said).toMatchObject({ code: 'not_permitted' })
    expect(said.message).toContain(dataDir)
  },
)

test.runIf(isRoot)(
  'refuses a directory it may not even read, with its name (needs root to become nobody)',
  async () => {
    const dataDir = await makeDataDir()
    await mkdir(dataDir, { mode: 0o700 })
    const { said } = await startChild(dataDir, NOBODY)
    expect(said).toMatchObject({ code: 'not_permitted' })
    expect(said.message).toContain(dataDir)
  },
)
