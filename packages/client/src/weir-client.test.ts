import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { brotliCompressSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoWeir } from '../../server/src/demo/demo-weir.fixture.ts'
import type { TestWeir } from '../../server/src/testing.ts'
import { WeirError, weirClient } from './index.ts'

const MONTH = { funnel: 'storefront', from: '2026-10-01', to: '2026-11-01' } as const

let weir: TestWeir
beforeAll(async () => {
  weir = await startDemoWeir()
}, 120_000)
afterAll(() => weir.stop())

const client = (key: string, site?: number) => weirClient({ url: `${weir.url}/`, key, site })
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('there was an answer'),
    (error: unknown) => error,
  )

/** Runs a piece of documentation; what it prints. */
async function run(code: string): Promise<string> {
  const printed: unknown[] = []
  const { code: script } = await transform(code.replace(/^import .*$/gm, ''), { loader: 'ts' })
  const body = `return (async () => { ${script.replaceAll('http://127.0.0.1:8787', weir.url)} })()`
  await new Function('weirClient', 'WeirError', 'console', body)(weirClient, WeirError, {
    log: (...said: unknown[]) => printed.push(said.join(' ')),
  })
  return printed.join('\n')
}

describe('what is written about it', () => {
  const SENTENCE = '488 of 11,069 visitors who entered at view reached purchase within 7d.'

  it('runs in the docstring', async () => {
    const source = await readFile(new URL('weir-client.ts', import.meta.url), 'utf8')
    const [, example = ''] = /```ts\n(.*?)```/s.exec(source) ?? []
    expect(await run(example.replace(/^ \* ?/gm, ''))).toBe(SENTENCE)
  })

  it('runs in the README, and prints what is said there', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
    const examples = [...readme.matchAll(/```ts\n(.*?)```(?:\n+```text\n(.*?)```)?/gs)]
    expect(examples.length).toBeGreaterThan(1)
    for (const [, code = '', want] of examples) {
      const printed = await run(code)
      if (want !== undefined) expect(`${printed}\n`).toBe(want)
    }
  })
})

describe('a read key', () => {
  it('asks the same three ways', async () => {
    const { rates, ratesCsv, funnel, trend } = client('rk_demo')
    const answer = await rates({ ...MONTH, filter: ['device:eq:mobile', 'country:eq:DE'] })
    expect(answer.question.filters).toHaveLength(2)
    const asked = await funnel({ ...MONTH, filters: answer.question.filters })
    expect(asked.stages).toEqual(answer.stages)
    const { points } = await trend({ ...MONTH, interval: 'week' })
    expect(points).toHaveLength(5)
    const csv = await ratesCsv({ ...MONTH, interval: 'week' })
    expect(csv.trim().split('\r\n')).toHaveLength(1 + 5 * answer.stages.length)
  })

  it('asks who is behind a count, why, and what became of carts and products', async () => {
    const { members, explain, visitorEvents, carts, products } = client('rk_demo')
    const buyers = await members({ ...MONTH, limit: 2 })
    expect(buyers).toMatchObject({ total: 488, members: [{}, {}], next: expect.any(String) })
    const visitor_id = buyers.members[0]?.visitor_id ?? ''
    expect((await explain({ ...MONTH, visitor_id })).question.funnel).toBe('storefront')
    const { events } = await visitorEvents(visitor_id, { order: 'oldest', limit: 1 })
    expect(events).toMatchObject([{ name: 'view' }])
    const { from, to } = MONTH
    const left = await carts({ from, to, idle: '2h', breakdown: 'device' })
    expect(left.breakdown?.reduce((sum, row) => sum + row.carts, 0)).toBe(left.carts)
    const sold = await products({ from, to, sort: 'buyers', limit: 3 })
    expect(sold.products).toHaveLength(3)
  })

  it('saves a funnel, and shares what it says', async () => {
    const asker = client('rk_demo')
    const stages = [{ events: ['product_view'] }, { events: ['purchase'] }]
    await asker.saveFunnel('short', { stages, window: '1d' })
    expect(await asker.saveFunnel('short', { stages })).toMatchObject({ version: 2 })
    expect((await asker.getFunnel('short')).funnel?.window).toBe('7d')
    expect((await asker.getFunnel('short', 1)).funnel?.window).toBe('1d')
    const names = async () => (await asker.listFunnels()).map(({ name }) => name)
    expect(await names()).toEqual(['lead', 'short', 'signup', 'storefront'])

    const path = '/v1/rates?funnel=short&from=2026-10-01&to=2026-11-01&format=csv'
    const { id, url } = await asker.share({ path, expires: '1d' })
    expect(await (await fetch(url)).text()).toBe(
      await asker.ratesCsv({ ...MONTH, funnel: 'short' }),
    )
    await asker.revokeShare(id)
    expect(await asker.listShares()).toMatchObject([{ id, revoked_at: expect.any(String) }])

    await asker.deleteFunnel('short')
    expect(await names()).not.toContain('short')
    const versions = await asker.listFunnelVersions('short')
    expect(versions.map(({ version }) => version)).toEqual([3, 2, 1])
  })

  it('says what there is to ask about', async () => {
    const { names, stages } = await client('rk_demo').schema({ from: MONTH.from, to: MONTH.to })
    expect(names[0]?.name).toBe('view')
    expect(stages).toHaveLength(5)
  })

  it('watches what happens, and stops watching', async () => {
    for await (const { visitors_now, stages } of await client(weir.keys.read).live()) {
      expect({ visitors_now, stages: stages.length }).toEqual({ visitors_now: 0, stages: 5 })
      break
    }
  })

  it('stops asking', async () => {
    const ended = new AbortController()
    const asked = client('rk_demo').rates(MONTH, { signal: ended.signal })
    ended.abort()
    expect(await failure(asked)).toMatchObject({ name: 'AbortError' })
  })

  it('tells how much has arrived', async () => {
    expect(await client('rk_demo').delivery({ from: MONTH.from, to: MONTH.to })).toMatchObject({
      delivered: null,
      missing: 0,
    })
  })
})

describe('a secret key', () => {
  it('sends, imports, exports and erases', async () => {
    const { sendEvents, importEvents, exportEvents, eraseVisitor } = client(weir.keys.secret)
    const sent = { name: 'view', visitor_id: 'v-1', at: '2026-10-05T10:00:00Z' }
    expect(await sendEvents([sent, { ...sent, name: '' }])).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1 }],
    })
    const lines = [sent, { ...sent, name: 'purchase' }, { name: 'view' }]
    const told = []
    for await (const line of await importEvents(lines.map((one) => JSON.stringify(one)).join('\n')))
      told.push(line)
    expect(told.at(-1)).toMatchObject({ done: true, accepted: 1, duplicates: 1, rejected: 1 })
    const exported = await new Response(await exportEvents()).text()
    expect(exported.trim().split('\n')).toHaveLength(2)
    expect(await eraseVisitor('v-1')).toEqual({ erased_events: 2 })
  })
})

describe('an admin key', () => {
  it('makes sites and keys, and asks for a site', async () => {
    const admin = client(weir.keys.admin)
    const { site, keys } = await admin.addSite({ name: 'Outlet', time_zone: 'Europe/Berlin' })
    expect(await admin.listSites()).toContainEqual(site)
    const made = await admin.addKey(site.id, 'read')
    await admin.revokeKey(made.id)
    const known = await admin.getSite(site.id)
    expect(known.keys.find(({ id }) => id === made.id)?.revoked_at).toEqual(expect.any(String))
    expect((await client(keys.read).rates(MONTH)).question.time_zone).toBe('Europe/Berlin')
    expect((await client(weir.keys.admin, site.id).rates(MONTH)).site_visitors).toBe(0)
    expect(await admin.updateSite(site.id, { name: 'Outlets' })).toEqual({
      ...site,
      name: 'Outlets',
    })
    expect(await admin.eraseSite(site.id)).toEqual({ erased_events: 0 })
    expect(await failure(admin.getSite(site.id))).toMatchObject({ status: 404 })
  })
})

describe('a page', () => {
  it('trades a key for a cookie', async () => {
    const page = weirClient({ url: weir.url })
    await page.signIn('rk_demo')
    await page.signOut()
    expect(await failure(page.getSession())).toMatchObject({ problem: { code: 'key_missing' } })
  })
})

describe('without an answer', () => {
  it('says what is wrong, field by field', async () => {
    const error = await failure(client('rk_demo').rates({ ...MONTH, from: 'october', to: 'x' }))
    expect(error).toBeInstanceOf(WeirError)
    expect(error).toMatchObject({
      status: 400,
      problem: { code: 'invalid_request', errors: [{ path: 'from' }, { path: 'to' }] },
    })
  })

  it('says that nobody is there', async () => {
    const error = await failure(weirClient({ url: 'http://127.0.0.1:9' }).listSites())
    expect(error).toMatchObject({ status: null, problem: null })
    expect(String(error)).toContain('No Weir answers at http://127.0.0.1:9')
  })

  it.each([
    ['a page of a proxy', 502, '<h1>Bad gateway</h1>'],
    ['JSON of somebody else', 404, '{"error":"no"}'],
    ['a page in place of an answer', 200, '<!doctype html>'],
  ])('does not take %s for Weir', async (_, status, body) => {
    const other = createServer((_, response) => response.writeHead(status).end(body))
    await once(other.listen(0, '127.0.0.1'), 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const error = await failure(weirClient({ url: `http://127.0.0.1:${port}` }).listSites())
    other.close()
    expect(error).toMatchObject({ name: 'WeirError', status, problem: null })
  })
})

it('is small', async () => {
  const { outputFiles } = await build({
    entryPoints: [new URL('index.ts', import.meta.url).pathname],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  })
  expect(brotliCompressSync(outputFiles[0]?.contents ?? '').length).toBeLessThan(1_600)
})
