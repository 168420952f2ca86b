/** `npm start` and `npm run demo`, as a person types them into a terminal, with Ctrl-C at the end. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { FunnelAnswer, Receipt } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createDatabase, readJson } from '../testing.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const PATIENCE_MS = 150_000

/** A command in a process group of its own, as a terminal runs it. */
interface Command {
  out(): string
  complaints(): string
  /** Resolves once this was printed on standard output. */
  prints(pattern: RegExp): Promise<string>
  ctrlC(): void
  /** The exit code, or the signal. */
  ended: Promise<number | NodeJS.Signals | null>
}

let home: string
let checkout: string
const running = new Map<ChildProcess, Promise<unknown>>()

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'weir start '))
  // Run by root, Postgres is another user's: it must be able to come in.
  await chmod(home, 0o755)
  checkout = await makeCheckout(join(home, 'checkout'))
}, PATIENCE_MS)
afterAll(async () => {
  // Whatever a failed test left: asked to stop, so that its Postgres goes too.
  for (const [child, ended] of running) {
    kill(child, 'SIGINT')
    await ended
  }
  await rm(home, { recursive: true, force: true })
}, PATIENCE_MS)

/** Both commands build; in a checkout of their own they take nothing from under other tests' servers. */
async function makeCheckout(folder: string): Promise<string> {
  const isSource = (path: string) => !['node_modules', 'dist'].includes(basename(path))
  for (const name of ['package.json', 'tsconfig.json', 'packages', 'examples']) {
    await cp(join(ROOT, name), join(folder, name), { recursive: true, filter: isSource })
  }
  await mkdir(join(folder, 'node_modules/@weir'), { recursive: true })
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    if (name !== '@weir')
      await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
  }
  for (const name of await readdir(join(folder, 'packages'), { withFileTypes: true })) {
    if (name.isDirectory()) {
      await symlink(`../../packages/${name.name}`, join(folder, 'node_modules/@weir', name.name))
    }
  }
  return folder
}

function type(line: string, settings: Record<string, string>): Command {
  const [command = '', ...args] = line.split(' ')
  const child = spawn(command, args, {
    cwd: checkout,
    detached: true,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let complaints = ''
  let done = false
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => {
      done = true
      running.delete(child)
      resolve(code ?? signal)
    })
  })
  running.set(child, ended)
  return {
    out: () => out,
    complaints: () => complaints,
    async prints(pattern) {
      while (!pattern.test(out)) {
        if (done) throw new Error(`${line} ended:\n${out}${complaints}`)
        await sleep(20)
      }
      return out
    },
    ctrlC: () => kill(child, 'SIGINT'),
    ended,
  }
}

/** npm waits for its command; then a shell like dash dies of the signal that it got meanwhile. */
const BY_CTRL_C = [0, 'SIGINT']

/** Signals a whole process group. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid) process.kill(-child.pid, signal)
}

const found = (text: string, pattern: RegExp): string => {
  const [, group] = pattern.exec(text) ?? []
  expect(group, `${pattern} in:\n${text}`).toBeDefined()
  return group ?? ''
}

/** The `curl` in what was printed, run as pasted. */
async function paste(printed: string): Promise<FunnelAnswer> {
  const command = found(printed, /^ +(curl .*\\\n.*)$/m)
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command])
  return JSON.parse(stdout)
}

/** Below those that the system gives to whoever asks for any. */
const freePort = (): number => 10_000 + (process.pid % 10_000)

async function takePort(): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer()
  const address = await new Promise<AddressInfo | string | null>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address()))
  })
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The process that Postgres writes down, which must be gone after a stop. */
const postmasterOf = async (data_dir: string): Promise<number> =>
  Number.parseInt(await readFile(join(data_dir, 'postgres/cluster/postmaster.pid'), 'utf8'), 10)

async function expectNoPostgres(data_dir: string, pid: number): Promise<void> {
  await expect(postmasterOf(data_dir)).rejects.toThrow(/ENOENT/)
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
}

describe('npm start', () => {
  const settings = { WEIR_DATA_DIR: '', PORT: '' }
  let first: Command
  let printed: string
  let tag: string

  beforeAll(async () => {
    settings.WEIR_DATA_DIR = join(home, 'data')
    settings.PORT = String(freePort())
    first = type('npm start', settings)
    printed = await first.prints(/curl .*\\\n.*\n/)
    tag = found(printed, /<script async src="(.*?)"><\/script>/)
  }, PATIENCE_MS)

  it('prints the tag, the keys and the address', () => {
    expect(printed).toContain(`Dashboard   http://127.0.0.1:${settings.PORT}/`)
    expect(tag).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/weir\.js\?key=wk_[a-z2-7]{32}$/)
    expect(printed).toMatch(/Read key +rk_[a-z2-7]{32}/)
    expect(printed).toMatch(/Secret key +sk_[a-z2-7]{32}/)
    expect(printed).toMatch(/Admin key +ak_[a-z2-7]{32}/)
  })

  it('serves the tag compressed, to every site, and says how long it may be kept', async () => {
    const response = await fetch(tag, { headers: { 'accept-encoding': 'gzip, br' } })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-encoding')).toBe('br')
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/)
    expect(response.headers.get('cache-control')).toMatch(/\bmax-age=[1-9]\d*/)
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const etag = response.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"\S+"$/)
    expect(await response.text()).toContain('v1/events')

    const again = await fetch(tag, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  it('serves the dashboard', async () => {
    const response = await fetch(`http://127.0.0.1:${settings.PORT}/`)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await response.text()).toMatch(/<script[^>]+\/assets\/app\.js/)
  })

  it(
    'takes an event with the key in the tag, and answers the curl as pasted',
    async () => {
      const { origin, searchParams } = new URL(tag)
      const response = await fetch(`${origin}/v1/events`, {
        method: 'POST',
        // As it says of itself, Node is a bot, and reports leave bots out.
        headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0' },
        body: JSON.stringify({
          key: searchParams.get('key'),
          events: [{ visitor_id: 'v-1', name: 'view', at: Date.now() }],
        }),
      })
      expect(await readJson<Receipt>(response)).toMatchObject({ accepted: 1, rejected: [] })
      expect(await paste(printed)).toMatchObject({ site_visitors: 1 })
    },
    PATIENCE_MS,
  )

  it(
    'ends at Ctrl-C, and leaves no Postgres',
    async () => {
      const pid = await postmasterOf(settings.WEIR_DATA_DIR)
      first.ctrlC()
      expect(BY_CTRL_C).toContain(await first.ended)
      await expectNoPostgres(settings.WEIR_DATA_DIR, pid)
    },
    PATIENCE_MS,
  )

  it(
    'shows no keys at the second start, has kept what was sent, and ends with code 0',
    async () => {
      const second = type('node packages/server/src/cli/weir.js start', settings)
      await second.prints(/Ctrl-C/)
      expect(await paste(printed)).toMatchObject({ site_visitors: 1 })
      expect(second.out()).not.toMatch(/\b[wsra]k_/)
      const pid = await postmasterOf(settings.WEIR_DATA_DIR)
      second.ctrlC()
      expect(await second.ended).toBe(0)
      await expectNoPostgres(settings.WEIR_DATA_DIR, pid)
    },
    PATIENCE_MS,
  )

  it(
    'leaves no Postgres where Ctrl-C comes in the middle of a start, nor complains',
    async () => {
      const WEIR_DATA_DIR = join(home, 'cut short')
      const command = type('node packages/server/src/cli/weir.js start', {
        WEIR_DATA_DIR,
        PORT: '0',
      })
      // The first line of its file is written when it begins, long before Weir listens.
      const pid = await expect
        .poll(() => postmasterOf(WEIR_DATA_DIR).catch(() => Number.NaN), { timeout: PATIENCE_MS })
        .toBeGreaterThan(0)
        .then(() => postmasterOf(WEIR_DATA_DIR))
      command.ctrlC()
      expect(await command.ended).toBe(0)
      expect(command.complaints()).not.toContain('cannot start')
      await expectNoPostgres(WEIR_DATA_DIR, pid)
    },
    PATIENCE_MS,
  )

  it(
    'names every setting that cannot be used, and ends with code 1',
    async () => {
      const command = type('npm start', {
        PORT: 'abc',
        DATABASE_URL: 'foo',
        WEIR_DATA_DIR: join(home, 'none'),
      })
      expect(await command.ended).toBe(1)
      expect(command.complaints()).toContain('PORT: must be a number\n')
      expect(command.complaints()).toMatch(/DATABASE_URL: /)
      expect(command.out() + command.complaints()).not.toMatch(/^ +at .*:\d+/m)
      expect(await readdir(home)).not.toContain('none')
    },
    PATIENCE_MS,
  )

  it(
    'says what to do about a database that is not there',
    async () => {
      const command = type('npm start', { DATABASE_URL: 'postgres://weir@127.0.0.1:9/weir' })
      expect(await command.ended).toBe(1)
      expect(command.complaints()).toContain('Is Postgres running, and DATABASE_URL its address?')
    },
    PATIENCE_MS,
  )

  it(
    'says that its port is taken, and ends with code 1',
    async () => {
      const { port, close } = await takePort()
      const database_url = await createDatabase(inject('postgres'))
      const command = type('npm start', { PORT: String(port), DATABASE_URL: database_url })
      expect(await command.ended).toBe(1)
      await close()
      expect(command.complaints()).toMatch(new RegExp(`\\b${port} is taken`))
      expect(command.out() + command.complaints()).not.toMatch(/^ +at .*:\d+/m)
    },
    PATIENCE_MS,
  )
})

describe('npm run demo', () => {
  const settings = { WEIR_DATA_DIR: '', PORT: '0' }
  let demo: Command
  let printed: string
  let answer: FunnelAnswer
  /** The bar, which stands on standard error as bars do. */
  const SENDING = /A month at the sample shop/

  beforeAll(async () => {
    settings.WEIR_DATA_DIR = join(home, 'demo data')
    demo = type('npm run demo', settings)
    printed = await demo.prints(/Stop with Ctrl-C/)
    answer = await paste(printed)
  }, PATIENCE_MS)

  it('answers the curl that it prints with a month of a shop', () => {
    expect(demo.complaints()).toMatch(SENDING)
    expect(answer.site_visitors).toBeGreaterThan(5_000)
    expect(answer.stages.map(({ name }) => name)).toEqual([
      'view',
      'product_view',
      'chat',
      'add_to_cart',
      'purchase',
    ])
    for (const { count } of answer.stages) expect(count).toBeGreaterThan(30)
    expect(answer.conversion.rates.funnel?.rate).toBeGreaterThan(0.005)
    expect(answer.conversion.rates.funnel?.rate).toBeLessThan(0.2)
  })

  it('opens the shop, each page of which tells this Weir', async () => {
    const shop = found(printed, /sample shop +(http:\S+)\//)
    const weir = found(printed, /funnel +(http:\S+)\//)
    for (const page of ['', 'product.html', 'cart.html', 'checkout.html', 'thanks.html']) {
      const html = await (await fetch(`${shop}/${page}`)).text()
      expect(html).toContain(`<script async src="${weir}/weir.js?key=wk_demo"></script>`)
      expect(html).toContain(`<a href="${weir}/">`)
      expect(html).not.toContain(':8787')
    }
    expect((await fetch(`${weir}/weir.js?key=wk_demo`)).status).toBe(200)
  })

  it(
    'ends at Ctrl-C, and leaves no Postgres',
    async () => {
      const data_dir = join(settings.WEIR_DATA_DIR, 'demo')
      const pid = await postmasterOf(data_dir)
      demo.ctrlC()
      expect(BY_CTRL_C).toContain(await demo.ended)
      await expectNoPostgres(data_dir, pid)
    },
    PATIENCE_MS,
  )

  it(
    'sends nothing again at the second start, and ends with code 0',
    async () => {
      const second = type('node --import tsx packages/server/src/demo/main.ts', settings)
      const said = await second.prints(/Stop with Ctrl-C/)
      expect(said + second.complaints()).not.toMatch(SENDING)
      const { site_visitors, stages, conversion } = await paste(said)
      expect({ site_visitors, stages, conversion }).toEqual({
        site_visitors: answer.site_visitors,
        stages: answer.stages,
        conversion: answer.conversion,
      })
      second.ctrlC()
      expect(await second.ended).toBe(0)
    },
    PATIENCE_MS,
  )
})
