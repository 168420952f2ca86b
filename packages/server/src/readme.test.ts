import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompressSync, constants } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DEMO_KEYS } from './demo/demo-site.ts'
import { readProducts } from './demo/products.ts'
import { sendAll } from './demo/send.ts'
import { DEMO_EVENTS, demoTraffic } from './demo/traffic.ts'
import { insertSite } from './sites/sites.ts'
import { startTestWeir, type TestWeir } from './testing.ts'

const run = promisify(execFile)
const README = await readFile(new URL('../../../README.md', import.meta.url), 'utf8')
const PACKAGE = await readFile(new URL('../../../package.json', import.meta.url), 'utf8')

/** The demo as it is on 1 November 2026. */
let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ now: () => Date.UTC(2026, 10, 1, 9, 30) })
  const shop = { name: 'Weir & Daughters', time_zone: 'UTC', origins: null }
  await insertSite(weir.db.reports, shop, DEMO_KEYS)
  const month = demoTraffic(Date.UTC(2026, 10, 1), await readProducts())
  expect(month).toHaveLength(DEMO_EVENTS)
  await sendAll(weir.url, DEMO_KEYS.secret, month)
}, 120_000)
afterAll(() => weir.stop())

const blocks = (language: string): string[] =>
  [...README.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(
    ([, text]) => text ?? '',
  )

it('shows what its question really answers', async () => {
  const [command = ''] = blocks('sh').filter((text) => text.startsWith('curl'))
  const here = command.replace('http://127.0.0.1:8787', weir.url).replace('curl', 'curl --silent')
  const { stdout } = await run('/bin/sh', ['-c', here])
  const [answer = ''] = blocks('json')
  expect(JSON.parse(stdout)).toMatchObject(JSON.parse(answer))
})

it('says how large the tag is', async () => {
  const tag = await readFile(new URL('../../sdk/dist/weir.js', import.meta.url))
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  const bytes = brotliCompressSync(tag, quality).length.toLocaleString('en-US')
  expect(README).toContain(`one script tag (${bytes} bytes)`)
})

it('names no npm script that is not there', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(PACKAGE)
  const named = [...README.matchAll(/npm (?:run )?(\w+)/g)].map(([, name]) => name ?? '')
  for (const name of named.filter((script) => script !== 'install'))
    expect(scripts).toHaveProperty([name])
})

it('names every setting that there is', async () => {
  const config = await readFile(new URL('config.ts', import.meta.url), 'utf8')
  const settings = [...config.matchAll(/^ {2}([A-Z_]+): z/gm)].map(([, name]) => name)
  expect(settings.length).toBeGreaterThan(5)
  for (const name of settings) expect(README).toContain(`\`${name}\``)
})
