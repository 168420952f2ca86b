/** Debian's WebKitGTK (`webkit2gtk-driver`, `xvfb`), driven by W3C WebDriver over fetch. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { addressOf } from './proxy.ts'
import { until } from './storefront.ts'

const DRIVER = '/usr/bin/WebKitWebDriver'
const SCREEN = '/usr/bin/Xvfb'
const BROWSER = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`)
  .find(existsSync)

/** Whether `launchWebKit` works here; `WEIR_TEST_BROWSER=sparticuz` says no. */
export const hasWebKit =
  process.env.WEIR_TEST_BROWSER !== 'sparticuz' &&
  BROWSER !== undefined &&
  existsSync(DRIVER) &&
  existsSync(SCREEN)

export interface WebKit {
  goto(url: string): Promise<void>
  /** What the body of a function returns in the page. */
  evaluate(body: string): Promise<unknown>
  /** Does something in a tab of its own, which is closed then. */
  inTab<T>(work: () => Promise<T>): Promise<T>
  stop(): Promise<void>
}

/** Starts a browser of its own, with one tab; the caller stops it. */
export const launchWebKit = async (): Promise<WebKit> => {
  const screen = spawn(SCREEN, ['-displayfd', '1'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [display] = await once(screen.stdout, 'data')
  const port = await freePort()
  const driver = spawn(DRIVER, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: `:${`${display}`.trim()}` },
    stdio: 'ignore',
  })
  const base = `http://127.0.0.1:${port}`
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(base + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    const { value } = await response.json()
    if (!response.ok) throw new Error(`WebKit: ${JSON.stringify(value)}`)
    return value
  }
  await until(() =>
    fetch(`${base}/status`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  const options = { binary: BROWSER, args: ['--automation'] }
  const { sessionId } = await ask('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  })
  const path = `/session/${sessionId}`
  return {
    goto: async (url) => void (await ask('POST', `${path}/url`, { url })),
    evaluate: (body) => ask('POST', `${path}/execute/sync`, { script: body, args: [] }),
    inTab: async (work) => {
      const first = await ask('GET', `${path}/window`)
      const { handle } = await ask('POST', `${path}/window/new`, { type: 'tab' })
      await ask('POST', `${path}/window`, { handle })
      const done = await work()
      await ask('DELETE', `${path}/window`)
      await ask('POST', `${path}/window`, { handle: first })
      return done
    },
    stop: async () => {
      await ask('DELETE', path)
      await Promise.all([end(driver), end(screen)])
    },
  }
}

const end = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit')
  child.kill()
  await gone
}

const freePort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = new URL(addressOf(server.address()))
  server.close()
  return port
}
