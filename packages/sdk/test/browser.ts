/**
 * Real browsers for every test of the house, with nothing installed: npm's `@sparticuz/chromium`
 * (unpacked once a machine and user); Debian's chromium where a test needs a back/forward cache, and
 * Debian's Firefox, where they are there.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import puppeteer, { type Browser } from 'puppeteer-core'
import manifest from '../package.json' with { type: 'json' }

const DEBIAN = '/usr/bin/chromium'
const FIREFOX = '/usr/bin/firefox-esr'

export type Kind = 'sparticuz' | 'debian' | 'firefox'

/** No talk of its own; and as root there is no sandbox. */
const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Without LANG the language would be en-US@posix.
  '--accept-lang=en-US',
]

/** Whether `launchBrowser('debian')` works here; `WEIR_TEST_BROWSER=sparticuz` says no. */
export const hasDebian = process.env.WEIR_TEST_BROWSER !== 'sparticuz' && existsSync(DEBIAN)

/** Whether `launchBrowser('firefox')` works here. */
export const hasFirefox = process.env.WEIR_TEST_BROWSER !== 'sparticuz' && existsSync(FIREFOX)

/** Starts a browser; the caller closes it. */
export const launchBrowser = async (kind: Kind = 'sparticuz'): Promise<Browser> => {
  if (kind === 'firefox') return puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX })
  if (kind === 'debian') return puppeteer.launch({ executablePath: DEBIAN, args: ARGS })
  const home = await unpacked()
  return puppeteer.launch({
    executablePath: join(home, 'chromium'),
    headless: 'shell',
    args: ARGS,
    env: {
      ...process.env,
      HOME: process.env.HOME ?? home,
      FONTCONFIG_PATH: join(home, 'fonts'),
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
    },
  })
}

const shared = new Map<Kind, Promise<Browser>>()

/**
 * One browser for every test of this process, which it ends with; starting one takes a second, Firefox
 * five. Open pages in contexts of your own, and close those.
 */
export const shareBrowser = async (kind: Kind = 'sparticuz'): Promise<Browser> => {
  const running = await shared.get(kind)
  if (running?.connected) return running
  const launched = launchBrowser(kind)
  shared.set(kind, launched)
  return launched
}

let unpacking: Promise<string> | undefined

/** The directory that holds chromium, its libraries and fonts. */
const unpacked = (): Promise<string> => {
  unpacking ??= unpack()
  return unpacking
}

/** Unpacks aside, then renames: another process sees all of it or nothing, and the first one wins. */
const unpack = async (): Promise<string> => {
  const version = manifest.devDependencies['@sparticuz/chromium']
  const home = join(tmpdir(), `weir-chromium-${version}-${userInfo().uid}`)
  if (existsSync(home)) return home
  const aside = await mkdtemp(`${home}.`)
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
    // The package looks for its cwd's node_modules, and unpacks to TMPDIR.
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    // It brings the libraries that a bare system lacks only where it thinks to be in Lambda.
    env: { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  })
  // Its own fonts.conf names directories of Lambda: a bare system would draw no letters.
  await writeFile(
    join(aside, 'fonts', 'fonts.conf'),
    `<fontconfig><dir>${home}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${home}/cache</cachedir></fontconfig>`,
  )
  try {
    await rename(aside, home)
  } catch {
    await rm(aside, { recursive: true })
  }
  return home
}

const UNPACK = `
  import chromium from '@sparticuz/chromium'
  await chromium.executablePath()
`
