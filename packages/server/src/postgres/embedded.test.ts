import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { findAccount } from './account.ts'
import { startEmbedded } from './embedded.ts'
import { processIdentity } from './processes.ts'
import { ask } from './test/ask.ts'
import { makeDataDir } from './test/make-data-dir.ts'
import { startChild } from './test/start-child.ts'

// One cluster for all of them, in this order: making one takes seconds. Each test leaves it stopped.
const dataDir = await makeDataDir(afterAll)
const home = join(dataDir, 'postgres')
const cluster = join(home, 'cluster')
const pidFile = join(cluster, 'postmaster.pid')

const postmasterPid = async () => Number((await readFile(pidFile, 'utf8')).split('\n')[0])

async function killChild(child: Awaited<ReturnType<typeof startChild>>['child']) {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

test('starts from nothing, with an empty environment, in a path with a space', async () => {
  const { said, end } = await startChild(dataDir)
  expect(said).toMatchObject({ adopted: false })
  expect(said.url).toMatch(/^postgres:\/\/weir:[\w-]{32}@127\.0\.0\.1:\d+\/weir$/)
  await ask(said.url, `create table proof as select 'Zürich 東京' as city`)
  await end('stop')
  await expect(readFile(pidFile)).rejects.toThrow('ENOENT')
  expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600)
})

test('starts again at once, on the same port, with the data of before', async () => {
  const port = Number(await readFile(join(home, 'port'), 'utf8'))
  const [build = ''] = await readdir(join(home, 'binaries'))
  const copied = await stat(join(home, 'binaries', build))
  const said: string[] = []
  const postgres = await startEmbedded({ dataDir, onProgress: (sentence) => said.push(sentence) })
  // Making a cluster and copying the binaries is all that takes long.
  expect(said.filter((sentence) => sentence.includes('Making a database'))).toEqual([])
  expect((await stat(join(home, 'binaries', build))).ino).toBe(copied.ino)
  expect(postgres.adopted).toBe(false)
  expect(new URL(postgres.url).port).toBe(String(port))
  expect(await ask(postgres.url, 'select city from proof')).toBe('Zürich 東京')
  await Promise.all([postgres.stop(), postgres.stop()])
  await postgres.stop()
})

test('is UTF-8 with the locale C.UTF-8 of Postgres itself, durable, and on 127.0.0.1 alone', async () => {
  const postgres = await startEmbedded({ dataDir })
  const show = (name: string) => ask(postgres.url, `show ${name}`)
  expect(await show('server_encoding')).toBe('UTF8')
  expect(await ask(postgres.url, `select upper('straße é' collate "default")`)).toBe('STRAßE É')
  expect(await show('fsync')).toBe('on')
  expect(await show('synchronous_commit')).toBe('on')
  expect(await show('listen_addresses')).toBe('127.0.0.1')
  expect(await show('dynamic_shared_memory_type')).toBe('mmap')
  const wrong = postgres.url.replace(/:[\w-]{32}@/, ':wrong@')
  await expect(ask(wrong, 'select 1')).rejects.toThrow('password authentication failed')
  await postgres.stop()
})

test('adopts the server of a Weir that was killed, with its data, and stops it', async () => {
  const { child, said } = await startChild(dataDir)
  await ask(said.url, 'create table before_the_kill as select 42 as answer')
  const pid = await postmasterPid()
  await killChild(child)

  const postgres = await startEmbedded({ dataDir })
  expect(postgres).toMatchObject({ adopted: true, url: said.url })
  expect(await postmasterPid()).toBe(pid)
  expect(await ask(postgres.url, 'select answer from before_the_kill')).toBe(42)
  await postgres.stop()
  await expect.poll(() => processIdentity(pid)).toBe(undefined)
})

test('does not keep its process alive', async () => {
  const { end } = await startChild(dataDir)
  await end('leave')
  const postgres = await startEmbedded({ dataDir })
  expect(postgres.adopted).toBe(true)
  await postgres.stop()
})

test('has a process group of its own, which Ctrl-C does not reach', async () => {
  const postgres = await startEmbedded({ dataDir })
  const pid = await postmasterPid()
  // The negative pid stands for the group that it leads; there is none unless it leads one.
  expect(process.kill(-pid, 0)).toBe(true)
  await postgres.stop()
})

test('refuses a second Weir on the same directory, and names the first', async () => {
  const { child, end } = await startChild(dataDir)
  const second = startEmbedded({ dataDir })
  await expect(second).rejects.toMatchObject({ code: 'in_use' })
  await expect(second).rejects.toThrow(`process ${child.pid}`)
  await end('stop')

  const here = await startEmbedded({ dataDir })
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'in_use' })
  await here.stop()
})

test('lets one of two start that come at once', async () => {
  const both = await Promise.all([startChild(dataDir), startChild(dataDir)])
  expect(both.filter(({ said }) => said.url !== undefined)).toHaveLength(1)
  expect(both.filter(({ said }) => said.code === 'in_use')).toHaveLength(1)
  await Promise.all(both.map(({ end }) => end('stop')))
})

test('is not held up by the lock of a killed Weir whose pid is another process by now', async () => {
  await writeFile(join(home, `lock-${process.ppid}-12345678.42`), '')
  const postgres = await startEmbedded({ dataDir })
  await postgres.stop()
  expect((await readdir(home)).filter((name) => name.startsWith('lock-'))).toEqual([])
})

test('is not held up by a stale pid file whose pid is another process by now', async () => {
  // Of the same user as Postgres: of other users' processes Postgres itself knows better.
  const other = spawn('/bin/sleep', ['60'], { ...(await findAccount(cluster)) })
  await once(other, 'spawn')
  const lines = [other.pid, cluster, 1_700_000_000, 5432, '', '127.0.0.1', '  1234567   123']
  for (const stale of [lines.join('\n'), `${other.pid}\n`, '']) {
    await writeFile(pidFile, stale)
    const postgres = await startEmbedded({ dataDir })
    expect(postgres.adopted).toBe(false)
    await postgres.stop()
  }
  expect(other.exitCode).toBe(null)
  other.kill()
})

test('waits for the orphans of a killed postmaster before it starts a new one', async () => {
  const { child, said } = await startChild(dataDir)
  const session = new Client({ connectionString: said.url })
  session.on('error', () => undefined)
  await session.connect()
  const { rows } = await session.query('select pg_backend_pid() as pid')
  // A stopped backend cannot notice that its postmaster died.
  process.kill(rows[0].pid, 'SIGSTOP')
  process.kill(await postmasterPid(), 'SIGKILL')
  await killChild(child)

  let resumed = false
  const starting = startEmbedded({ dataDir }).then((postgres) => ({ postgres, resumed }))
  await sleep(1_500)
  resumed = true
  process.kill(rows[0].pid, 'SIGCONT')
  const started = await starting
  expect(started.resumed).toBe(true)
  expect(started.postgres.adopted).toBe(false)
  expect(await ask(started.postgres.url, 'select city from proof')).toBe('Zürich 東京')
  await started.postgres.stop()
})

test('listens on the port it is asked for, also when the server left running has another', async () => {
  const { child, said } = await startChild(dataDir)
  await killChild(child)
  // Below those that the system gives to whoever asks for any.
  const port = 20_000 + (process.pid % 10_000)
  const postgres = await startEmbedded({ dataDir, port })
  expect(new URL(postgres.url).port).toBe(String(port))
  expect(postgres.url).not.toBe(said.url)
  expect(postgres.adopted).toBe(false)
  await postgres.stop()
})

test('refuses a port that is taken, unless nobody asked for it', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const refused = startEmbedded({ dataDir, port })
  await expect(refused).rejects.toMatchObject({ code: 'port_taken' })
  await expect(refused).rejects.toThrow(`Port ${port} is taken`)

  const postgres = await startEmbedded({ dataDir })
  expect(new URL(postgres.url).port).not.toBe(String(port))
  await postgres.stop()
  server.close()
})

test('replaces half a copy and the binaries of another version', async () => {
  const builds = join(home, 'binaries')
  const [build = ''] = await readdir(builds)
  await rm(join(builds, build), { recursive: true })
  await mkdir(join(builds, `${build}.half`, 'bin'), { recursive: true })
  await mkdir(join(builds, 'linux-x64-17.0.0'))
  await mkdir(`${cluster}.half-old`)
  const postgres = await startEmbedded({ dataDir })
  await postgres.stop()
  expect(await readdir(builds)).toEqual([build])
})

test('puts a server log of more than 10 MB aside', async () => {
  await writeFile(join(home, 'log'), Buffer.alloc(10_000_001))
  const postgres = await startEmbedded({ dataDir })
  await postgres.stop()
  expect((await stat(join(home, 'log'))).size).toBeLessThan(100_000)
  expect((await stat(join(home, 'log.old'))).size).toBe(10_000_001)
})

test('tells the last words of a server that dies', async () => {
  const conf = join(cluster, 'postgresql.conf')
  const good = await readFile(conf, 'utf8')
  await writeFile(conf, `${good}\nnonsense = on\n`)
  const died = startEmbedded({ dataDir })
  await expect(died).rejects.toMatchObject({ code: 'would_not_start' })
  await expect(died).rejects.toThrow('unrecognized configuration parameter "nonsense"')
  await writeFile(conf, good)
})

test('refuses a password file of another cluster, and leaves no server behind', async () => {
  const path = join(dataDir, 'postgres-password')
  const password = await readFile(path, 'utf8')
  await writeFile(path, 'another\n')
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'password_lost' })
  await expect(readFile(pidFile)).rejects.toThrow('ENOENT')
  await writeFile(path, password)
})

test('refuses a cluster of another major version, and does not touch it', async () => {
  const version = join(cluster, 'PG_VERSION')
  await writeFile(version, '17\n')
  const refused = startEmbedded({ dataDir })
  await expect(refused).rejects.toMatchObject({ code: 'other_major_version' })
  await expect(refused).rejects.toThrow(/made by Postgres 17.*export the data.*WEIR_DATA_DIR/)
  expect(await readFile(version, 'utf8')).toBe('17\n')
  expect((await readdir(home)).filter((name) => name.startsWith('lock-'))).toEqual([])
})
