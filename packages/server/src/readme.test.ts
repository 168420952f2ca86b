import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompressSync, constants } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { typeInto } from './cli/type-into.fixture.ts'
import { startDemoWeir } from './demo/demo-weir.fixture.ts'
import { DEMO_EVENTS } from './demo/traffic.ts'
import type { TestWeir } from './testing.ts'

const run = promisify(execFile)
const README = await readFile(new URL('../../../README.md', import.meta.url), 'utf8')
const PACKAGE = await readFile(new URL('../../../package.json', import.meta.url), 'utf8')

let weir: TestWeir
beforeAll(async () => {
  weir = await startDemoWeir()
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

it('shows what its command really prints', async () => {
  const [line = ''] = blocks('sh').filter((text) => text.startsWith('npx weir rates'))
  const { printed } = await typeInto(weir, line.trim().split(' ').slice(2))
  const [shown = ''] = blocks('text')
  expect(printed).toContain(shown)
})

it('has as many events as the demo believes its month to have', async () => {
  const { rows } = await weir.pool.query('select count(*)::int as events from events')
  expect(rows).toEqual([{ events: DEMO_EVENTS }])
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
