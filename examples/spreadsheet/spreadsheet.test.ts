import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { typeInto } from '../../packages/server/src/cli/type-into.fixture.ts'
import { startDemoWeir } from '../../packages/server/src/demo/demo-weir.fixture.ts'
import type { TestWeir } from '../../packages/server/src/testing.ts'

const README = await readFile(new URL('README.md', import.meta.url), 'utf8')
const THERE = 'http://127.0.0.1:8787'

let weir: TestWeir
let folder: string
beforeAll(async () => {
  weir = await startDemoWeir()
  folder = await mkdtemp(join(tmpdir(), 'weir-sheet-'))
}, 120_000)
afterAll(async () => {
  await weir.stop()
  await rm(folder, { recursive: true })
})

const here = (text: string) => text.replace(THERE, weir.url)

const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(README)?.[1] ?? ''

/** The address at the top, as a sheet would read it. */
async function readSheet(): Promise<string> {
  const answer = await fetch(here(block('text').trim()), {
    headers: { authorization: 'Bearer rk_demo' },
  })
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  return answer.text()
}

it('reads the address as rows whose numerators and denominators add up', async () => {
  const rows: Record<string, string>[] = parse(await readSheet(), { columns: true })
  const purchases = rows.filter(({ stage }) => stage === '5')
  expect(purchases.map(({ value }) => value)).toEqual(['mobile', 'desktop', 'tablet'])
  const sum = (column: string) => purchases.reduce((total, row) => total + Number(row[column]), 0)
  expect([sum('funnel_numerator'), sum('funnel_denominator')]).toEqual([488, 11_069])
})

it('opens the same by a share link, until it is taken back', async () => {
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', here(block('sh share'))])
  const { id, url }: { id: number; url: string } = JSON.parse(stdout)
  const [, written = ''] =
    /=IMPORTDATA\("https:\/\/weir\.shop\.example([^"]*)"\)/.exec(README) ?? []
  for (const piece of written.split('…')) expect(url).toContain(piece)
  expect(await (await fetch(url)).text()).toBe(await readSheet())
  expect((await fetch(url.replace('device', 'country'))).status).toBe(403)
  const read = { authorization: 'Bearer rk_demo' }
  await fetch(`${weir.url}/v1/shares/${id}`, { method: 'DELETE', headers: read })
  expect((await fetch(url)).status).toBe(401)
})

it('asks the same in Power Query', async () => {
  const [, query = ''] = /Query = \[(.*?)\]/s.exec(block('m')) ?? []
  const asked = [...query.matchAll(/(\w+) = "([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ])
  const address = new URL(block('text').trim())
  expect(asked).toEqual([...address.searchParams])
  expect(block('m')).toContain(`RelativePath = "${address.pathname.slice(1)}"`)
  expect(block('m')).toContain(`"${address.origin}"`)
})

it('writes the same file with curl, and with the weir command', async () => {
  const command = here(block('sh'))
  await promisify(execFile)('/bin/sh', ['-c', command], { cwd: folder })
  const file = await readFile(join(folder, 'rates.csv'), 'utf8')
  expect(file).toBe(await readSheet())
  const [, line = ''] = /`npx weir (rates .*?) > rates\.csv`/.exec(README) ?? []
  const { printed } = await typeInto(weir, line)
  expect(printed.trim()).toBe(file.trim())
})
