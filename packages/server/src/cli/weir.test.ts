import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify, stripVTControlCharacters } from 'node:util'
import { gzipSync } from 'node:zlib'
import { weirClient } from '@weir/client'
import type { FunnelAnswer, VisitorEventsAnswer } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startDemoWeir } from '../demo/demo-weir.fixture.ts'
import { createDatabase, startTestWeir, type TestWeir } from '../testing.ts'
import { weave } from '../weave/weave.ts'
import { COMMANDS } from './commands.ts'
import { type Around, typeInto } from './type-into.fixture.ts'

let weir: TestWeir
let folder: string
beforeAll(async () => {
  weir = await startDemoWeir()
  folder = await mkdtemp(join(tmpdir(), 'weir-cli-'))
}, 120_000)
afterAll(async () => {
  await weir.stop()
  await rm(folder, { recursive: true })
})

const MONTH = ['--from', '2026-10-01', '--to', '2026-11-01']

/** Types a line into a terminal of 80 columns. */
const type = (line: string | string[], around: Around = {}) =>
  typeInto({ url: weir.url, database_url: weir.database_url }, line, around)

describe('rates', () => {
  it('draws the stages, and says what was divided by what', async () => {
    const { code, printed } = await type(['rates', ...MONTH])
    expect(code).toBe(0)
    expect(printed).toContain('storefront  2026-10-01 to 2026-11-01, UTC, window 7d')
    expect(printed).toContain('  1  view            11,069  ████████████████████       100 %\n')
    expect(printed).toMatch(/ 5 {2}purchase +488 {2}▉ +4\.4 % +44\.9 %\n/)
    expect(printed).toContain(
      '488 of 11,069 visitors who entered at view reached purchase within 7d.\n    4.4 %, 95 % interval 4.0 – 4.8 %',
    )
    expect(printed).toContain('€24,942.00 in 488 orders, €51.11 each.')
    expect(printed).toMatch(/Some are young: who entered since 2026-10-25 09:30 may still/)
  })

  it('draws nothing where a terminal cannot', async () => {
    const { printed } = await type(['rates', ...MONTH], { bars: false })
    expect(printed).toMatch(/ 5 {2}purchase +488 +4\.4 % +44\.9 %\n/)
    expect(printed).not.toContain('█')
  })

  it.each([
    [
      '--target add_to_cart --breakdown utm_campaign --limit 2',
      /unset +278 +7,508 +3\.7 % +3\.3 – 4\.2 %/,
    ],
    ['--breakdown utm_campaign --limit 2', /all others +\d+ +\d,\d{3} +\d+\.\d %/],
    ['--interval week', /2026-10-26 +\d+ +\d,\d{3} +\d\.\d %.*young/],
    ['--compare previous', /Compared with 2026-08-31 to 2026-10-01\n/],
    ['--compare 2026-10-01..2026-10-08', /5 {2}purchase +5\.4 % +4\.4 % +-0\.97 .* less\n/],
    ['--definition target_action --target chat --interval month', /of target/],
    ['--filter device:eq:mobile --filter country:eq:DE', /only device eq mobile, country eq DE\n/],
    ['--stage add_to_cart --unit visit', /reached add_to_cart[\s\S]* events?, €[\d.]+ each/],
    ['--breakdown divice', /property `divice`. Did you mean `device`\?\n/],
  ])('%s, in 80 columns', async (options, pattern) => {
    const { code, noted, printed } = await type(['rates', ...MONTH, ...options.split(' ')])
    expect(noted).toBe('')
    expect(code).toBe(0)
    expect(printed).toMatch(pattern)
    for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('says so where nobody was, and where nobody could', async () => {
    const nobody = await type('rates --from 2020-01-01 --to 2020-02-01')
    expect(nobody.printed).toMatch(/^0 visitors with any event\n\n {2}Nobody was there\. /m)
    const { printed } = await type(['rates', ...MONTH, '--target', 'nothing'])
    expect(printed).toMatch(/^ {2}0 of 0 visitors who did nothing .*\n {2}\S/m)
  })

  it('gives what Weir answers, as JSON and as CSV', async () => {
    const { printed } = await type(['rates', ...MONTH, '--json'])
    const answer: FunnelAnswer = JSON.parse(printed)
    expect(answer.conversion.count).toBe(488)
    const csv = await type(['rates', ...MONTH, '--csv'])
    expect(csv.printed).toMatch(/^from,to,stage,name,count,/)
  })

  it('asks for the last 30 days if not told', async () => {
    const { printed } = await type('rates --json')
    const { question }: FunnelAnswer = JSON.parse(printed)
    expect(Date.parse(question.to) - Date.parse(question.from)).toBe(30 * 86_400_000)
    expect(Date.parse(question.to)).toBeGreaterThan(Date.now())
  })
})

describe('funnels', () => {
  const SHORT = { stages: [{ events: ['product_view'] }, { events: ['purchase'] }], window: '1d' }

  it('saves, lists, shows, asks, and deletes', async () => {
    const file = join(folder, 'short.json')
    await writeFile(file, JSON.stringify(SHORT))
    expect((await type(`funnels save short ${file}`)).printed).toBe(
      '  Saved as version 1: weir rates short\n',
    )
    expect((await type(['rates', 'short', ...MONTH])).printed).toContain(
      'visitors who entered at product_view reached purchase within 1d',
    )
    const { printed } = await type('funnels')
    expect(printed).toMatch(/short +1 +[-\d]{10} +product_view → purchase\n/)
    expect(printed).toMatch(
      /storefront +1 +built in +view → product_view → chat → add_to_cart →…\n/,
    )
    for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(80)

    // What was shown can be saved again.
    const shown = (await type('funnels show short --json')).printed
    const piped = shown.replace('"1d"', '"2d"')
    expect((await type('funnels save short -', { piped })).printed).toContain('version 2')
    expect((await type('funnels show short')).printed).toContain('window 2d')
    expect((await type('funnels show short@1')).printed).toContain('window 1d')

    expect((await type('funnels delete short')).code).toBe(0)
    expect((await type('funnels versions short')).printed).toMatch(
      /short +3 .*deleted\n.* 2 .*\n.* 1 /,
    )
    expect(await type('funnels show short')).toMatchObject({ code: 2, printed: '' })
  })

  it('shows all that a funnel says', async () => {
    const piped = JSON.stringify({
      stages: [
        { name: 'Seen', events: ['product_view', 'view'] },
        { events: ['chat'], optional: true },
        { events: ['purchase'], filters: [{ property: 'value', op: 'gte', value: 50 }] },
      ],
      unit: 'visit',
      filters: [{ property: 'device', op: 'in', value: ['mobile', 'tablet'] }],
      exclusions: [{ events: ['remove_from_cart'], after_stage: 1, before_stage: 3 }],
      hold: 'product_id',
    })
    expect((await type('funnels save all -', { piped })).noted).toBe('')
    const { printed } = await type('funnels show all')
    expect(
      printed.replace(/^all {2}version 1 of [-\d]{10}/, ''),
    ).toBe(`, window 7d, ordered, by visit
  1  Seen      product_view or view
  2  chat      optional
  3  purchase  value gte 50
  only device in mobile,tablet
  without remove_from_cart after stage 1 and before stage 3
  with the same product_id in every stage
`)
  })

  it('says what is wrong with a file, line by line', async () => {
    const piped = JSON.stringify({ stages: [{}, { events: ['purchase'] }], window: 'long' })
    const { code, noted } = await type('funnels save bad -', { piped })
    expect(code).toBe(2)
    expect(noted).toContain(
      'weir: Standard input cannot be saved as bad:\n  stages.0.events: is required\n  window: ',
    )
  })
})

describe('sites and keys', () => {
  it('makes, lists and revokes', async () => {
    const admin = { key: weir.keys.admin }
    const add = ['sites', 'add', 'Outlet & Co', '--time-zone', 'Europe/Berlin', '--json']
    const made = JSON.parse((await type(add, admin)).printed)
    expect((await type('sites', admin)).printed).toMatch(/Outlet & Co +Europe\/Berlin +any\n/)

    const site = `--site ${made.site.id}`
    const key = JSON.parse((await type(`keys add read ${site} --json`, admin)).printed)
    expect((await type('rates --json', { key: key.key })).code).toBe(0)
    expect((await type(`keys revoke ${key.id}`, admin)).printed).toContain('is revoked')
    const after = await type('rates --json', { key: key.key })
    expect(after).toMatchObject({ code: 1, noted: expect.stringContaining('was revoked') })
    expect((await type(`keys ${site}`, admin)).printed).toMatch(
      new RegExp(`${key.id}  read +rk_….... +[-\\d]+ +revoked `),
    )
    expect((await type(`rates ${site}`, admin)).printed).toContain('Europe/Berlin')
  })
})

describe('import and export', () => {
  it('brings back what was exported', async () => {
    const secret = { key: 'sk_demo' }
    const out = join(folder, 'events.ndjson')
    const day = ['--from', '2026-10-05', '--to', '2026-10-06']
    expect(await type(['export', ...day, '--out', out], secret)).toMatchObject({
      code: 0,
      printed: '',
    })
    const { streamed } = await type(['export', ...day], secret)
    expect(streamed).toBe(await readFile(out, 'utf8'))
    const events = streamed.trim().split('\n').length
    expect(events).toBeGreaterThan(1_000)

    const again = await type(['import', out, '--json'], secret)
    expect(JSON.parse(again.printed)).toEqual({
      ...{ accepted: 0, duplicates: events, skipped: 0, refused: {} },
    })
    const outlet = await type(['import', out], { key: weir.keys.secret })
    expect(outlet.printed).toContain(`${events.toLocaleString('en-US')} stored, 0 there before`)
    expect(await readdir(folder)).not.toContain('events.ndjson.half')
  })

  it('reads columns of other names', async () => {
    const file = join(folder, 'events.csv')
    await writeFile(file, 'user,time,name\nu1,2026-10-01T10:00:00Z,view\n')
    const map = '--map visitor_id=user,at=time --format csv'
    const { printed } = await type(`import ${file} ${map}`, { key: weir.keys.secret })
    expect(printed).toContain('1 stored')
  })

  it('reads dates as people write them, once it is told how', async () => {
    const file = join(folder, 'dates.csv')
    await writeFile(file, 'visitor_id,at,name\nu1,12/1/2025 8:26,view\n')
    const bring = (...more: string[]) => type(['import', file, ...more], { key: weir.keys.secret })
    expect((await bring()).printed).toContain('add --dates mdy, or --dates dmy')
    expect((await bring('--dates', 'mdy', '--zone', 'UTC')).printed).toContain('1 stored')
    const { events }: VisitorEventsAnswer = await weir.ask('/v1/visitors/u1/events?to=2026-01-01')
    expect(events).toMatchObject([{ at: '2025-12-01T08:26:00.000Z' }])
  })
})

describe('import', () => {
  const right = '{"name":"view","visitor_id":"u1","at":"2026-10-02T10:00:00Z"}'
  const anAt = (seq: number) => right.replace('}', `,"seq":${seq}}`)
  /** What is said of a file with these bytes. */
  async function bring(name: string, bytes: string | Buffer) {
    const file = join(folder, name)
    await writeFile(file, bytes)
    return type(['import', file], { key: weir.keys.secret })
  }

  it('ends with 3 where something was refused, and says how much', async () => {
    const told = await bring('part.ndjson', `${anAt(1)}\nno json\n{"name":"*"}\n`)
    expect(told).toMatchObject({ code: 3, printed: expect.stringContaining('1 stored') })
    expect(told.noted).toBe('weir: 2 refused; everything else of the file is stored.\n')
    expect(await bring('none.ndjson', 'no json')).toMatchObject({ code: 3 })
    expect(await bring('part.ndjson', anAt(1))).toMatchObject({ code: 0, noted: '' })
  })

  it.each([
    ['nothing in it', '', 'It holds no events.'],
    ['no newline at its end', anAt(2), '1 stored'],
    [
      'a byte order mark, and lines as Windows ends them',
      `\ufeff${anAt(3)}\r\n${anAt(4)}\r\n`,
      '2 stored',
    ],
    ['gzip', gzipSync(`${anAt(5)}\n${anAt(6)}\n`), '2 stored'],
    [
      'two members of gzip',
      Buffer.concat([gzipSync(`${anAt(7)}\n`), gzipSync(anAt(8))]),
      '2 stored',
    ],
  ])('takes a file with %s', async (_, bytes, said) => {
    const { code, printed, noted } = await bring('one.ndjson', bytes)
    expect({ code, noted }).toEqual({ code: 0, noted: '' })
    expect(printed).toContain(said)
  })

  it.each([
    ['packed.zip', '504b030414', 'is compressed: unzip -p '],
    ['packed.zst', '28b52ffd00', 'is compressed: zstd -dc '],
    [
      'half.gz',
      gzipSync(right).subarray(0, 30).toString('hex'),
      'cannot be read as ndjson: unexpected end',
    ],
  ])('says of %s what to do', async (name, hex, said) => {
    const { code, noted, printed } = await bring(name, Buffer.from(hex, 'hex'))
    expect({ code, printed }).toEqual({ code: 1, printed: '' })
    expect(noted).toContain(said)
    expect(noted).not.toContain('Run the same again')
  })

  it('reads standard input', async () => {
    const piped = `${anAt(10)}\n${anAt(11)}\n`
    const told = await type('import -', { key: weir.keys.secret, piped })
    expect(told).toMatchObject({ code: 0, printed: expect.stringContaining('2 stored') })
    expect(await readdir('.')).not.toContain('-.weir-import')
  })

  it('says where nobody is, or somebody else', async () => {
    const file = join(folder, 'lost.ndjson')
    await writeFile(file, right)
    const nobody = await type(['import', file], { key: 'sk_x', url: 'http://127.0.0.1:9' })
    expect(nobody).toMatchObject({ code: 1, printed: '' })
    expect(nobody.noted).toContain('No Weir answers at http://127.0.0.1:9. Start one')
    const other = createServer((_, response) => response.writeHead(404).end('<html>'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : 0
    const wrong = await type(['import', file], { key: 'sk_x', url: `http://127.0.0.1:${port}` })
    other.close()
    expect(wrong.noted).toContain('with status 404, is not from Weir. Is http://127.0.0.1:')
    const folderItself = await type(['import', folder], { key: 'sk_x' })
    expect(folderItself).toMatchObject({ code: 1 })
    expect(folderItself.noted).toContain('is a folder: import its files one by one')
  })
})

describe('weave', () => {
  it('weaves what waits, and all of it anew', async () => {
    await type('weave')
    expect(JSON.parse((await type('weave --json')).printed)).toEqual({ woven: 0, waiting: 0 })
    const before = await weir.ask('/v1/rates?funnel=storefront&from=2026-10-05&to=2026-10-07')
    const { woven } = JSON.parse((await type('weave --rebuild --json')).printed)
    const { rows } = await weir.pool.query('select count(*)::int as events from events')
    expect(woven).toBe(rows[0].events)
    expect(await weir.ask('/v1/rates?funnel=storefront&from=2026-10-05&to=2026-10-07')).toEqual(
      before,
    )
  })
})

describe('doctor', () => {
  const about = async (settings?: Record<string, string>) => {
    const { printed } = await type('doctor --json', settings ? { settings } : {})
    const { ok, findings } = JSON.parse(printed)
    const states = findings.map(
      ({ about: what, state }: { about: string; state: string }) => `${what}: ${state}`,
    )
    return { ok, states }
  }

  it('finds nothing wrong where nothing is', async () => {
    await weave(weir.db.timelines)
    const { ok, states } = await about()
    expect(ok).toBe(true)
    for (const what of ['database', 'schema', 'odd months', 'weaving', 'clock', 'disk'])
      expect(states).toContain(`${what}: good`)
    expect(states).toContain('site 2, Weir & Daughters: good')
    expect(states).toContain('site 1, Test shop: look')
  })

  it('finds what does not work, and ends with code 1', async () => {
    const { rows } = await weir.pool.query<{ name: string }>(
      `select relname as name from pg_class where relname like 'events_2___\\_%' and relkind = 'r'`,
    )
    for (const { name } of rows) await weir.pool.query(`alter table ${name} rename to x_${name}`)
    const { code, printed, noted } = await type('doctor')
    expect(code).toBe(1)
    expect(printed).toMatch(/BAD +partitions +none for /)
    expect(printed).toMatch(/look +site \d+, Outlet & Co +nothing has come yet\n +Put the tag into/)
    expect(noted).toContain('Something does not work')
    for (const { name } of rows) await weir.pool.query(`alter table x_${name} rename to ${name}`)
  })

  it('tells that nobody weaves, until somebody does', async () => {
    const idle = await startTestWeir({ weaving: false })
    const settings = { DATABASE_URL: idle.database_url }
    const sent = { name: 'view', visitor_id: 'v', at: Date.now() }
    await weirClient({ url: idle.url, key: idle.keys.secret }).sendEvents([sent])
    expect((await about(settings)).states).toContain('weaving: good')
    await idle.pool.query(`update batches set received_at = now() - interval '1 hour'`)
    expect((await about(settings)).states).toContain('weaving: bad')
    expect((await type('weave', { settings })).printed).toBe('  1 event woven.\n')
    expect((await about(settings)).states).toContain('weaving: good')
    await idle.stop()
  })

  it('tells a database without its tables, and one that a newer Weir has changed', async () => {
    const empty = await createDatabase(inject('postgres'))
    const { ok, states } = await about({ DATABASE_URL: empty })
    expect({ ok, states }).toEqual({ ok: false, states: ['database: good', 'schema: bad'] })
    await weir.pool.query(`insert into kysely_migration values ('9999_future', '')`)
    expect((await about()).states).toContain('schema: bad')
    await weir.pool.query(`delete from kysely_migration where name = '9999_future'`)
  })

  it.each([
    ['postgres://weir:x@127.0.0.1:9/weir', 'Is Postgres running'],
    ['postgres://weir:x@nohost.invalid/weir', 'no such host'],
  ])('says what to do about %s', async (DATABASE_URL, advice) => {
    const { code, printed } = await type('doctor', { settings: { DATABASE_URL } })
    expect(code).toBe(1)
    expect(printed.replace(/\s+/g, ' ')).toContain(advice)
  })
})

describe('a mistake', () => {
  it.each([
    ['', 2, 'weir COMMAND [options]'],
    ['rate', 2, 'There is no command rate. Did you mean rates?'],
    ['xyzzy', 2, '`weir help` lists them'],
    ['help rate', 2, 'Did you mean rates?'],
    ['rates --brekdown x', 2, 'There is no option --brekdown. Did you mean --breakdown?'],
    ['rates --json=1', 2, '--json takes no value.'],
    ['rates --form x', 2, 'There is no option --form. Did you mean --from?'],
    ['rates --from', 2, '--from needs a value behind it.'],
    ['rates a b', 2, '`b` is one word too many.'],
    ['rates --from october', 2, '--from: `october` is no date'],
    ['rates --definition x', 2, '--definition: must be one of funnel, previous_stage'],
    ['rates --filter device:mobile', 2, '--filter: write property:op:value, like device:eq:mobile'],
    ['rates --breakdown path --attribution stage:9', 2, '--attribution: there is no stage 9'],
    ['rates --limit many', 2, '--limit: must be a number'],
    ['rates nope', 2, 'There is no funnel `nope`'],
    ['rates storfront', 2, 'Did you mean `storefront`?'],
    ['rates --key', 2, '--key needs a value'],
    ['rates --key zz', 1, '--url says which one is asked'],
    ['rates --key sk_demo', 1, 'a read key'],
    ['rates --url shop', 2, 'shop is no address of a Weir'],
    ['rates --url http://127.0.0.1:9', 1, 'Start one with `npx weir start`'],
    ['rates --site one', 2, '--site takes the number of a site'],
    ['rates --key ak_x', 2, 'name one with --site'],
    ['rates --json --csv', 2, 'take one'],
    ['funnels drop', 2, 'show, versions, save or delete'],
    ['funnels storefront', 2, 'weir funnels show storefront'],
    ['funnels show', 2, 'weir funnels show NAME'],
    ['funnels show nope', 2, 'There is no funnel `nope`'],
    ['funnels show storefront@7', 2, 'There is no version 7'],
    ['funnels save mine', 2, 'weir funnels save mine mine.json'],
    ['funnels save mine /nowhere', 2, 'There is no file /nowhere'],
    ['funnels save mine README.md', 2, 'README.md is no JSON'],
    ['funnels save mine -', 2, 'Standard input is no JSON'],
    ['funnels delete storefront', 2, 'save yours under another name'],
    ['sites drop', 2, 'list or add'],
    ['sites add', 2, 'Name the site'],
    ['keys', 2, '`weir sites` lists them'],
    ['keys add admin --site 1', 2, 'read, write or secret'],
    ['keys revoke last', 2, 'by its number'],
    ['import', 2, 'Say which file'],
    ['import /nowhere', 2, 'There is no file /nowhere'],
    ['import package.json --format xml', 2, 'none of ndjson, csv, ga4, segment'],
    ['import package.json --format csv --map user', 2, '--map takes name=column'],
    ['import package.json --format csv --dates ymd', 2, '--dates ymd is none of mdy, dmy'],
    ['import README.md --key sk_demo --format csv', 1, 'read as csv: no column says name,'],
    ['export --key sk_demo --out /nowhere/x', 1, 'its folder is not there'],
    ['export --key sk_demo --from x', 2, '--from: `x` is no date'],
    ['start now', 2, '`now` is one word too many'],
  ])('weir %s: %i, %s', async (line, code, sentence) => {
    const told = await type(line === '' ? [] : line)
    expect(told.noted).toContain(sentence)
    expect(told).toMatchObject({ code, printed: '' })
    expect(told.noted).not.toMatch(/^ +at .*:\d+/m)
    expect(told.noted.split('\n').length).toBeLessThanOrEqual(line === '' ? 30 : 3)
  })

  it('is told before anybody is asked, where a key is missing', async () => {
    const nobody = { key: null, url: 'http://127.0.0.1:9' }
    for (const [line, prefix] of [
      ['rates', 'rk_'],
      ['export', 'sk_'],
      ['sites', 'ak_'],
    ] as const) {
      const { code, noted } = await type(line, nobody)
      expect(code).toBe(2)
      expect(noted).toContain(`--key ${prefix}… or WEIR_KEY`)
    }
  })

  it('of a folder without a database names those that there are', async () => {
    const { code, noted } = await type('doctor', { settings: { WEIR_DATA_DIR: folder } })
    expect(code).toBe(1)
    expect(noted).toContain(`There is no database in ${folder}: \`npx weir start\` makes one.`)
    expect(await readdir(folder)).not.toContain('postgres')
  })
})

describe('help', () => {
  it.each(Object.keys(COMMANDS))(
    'of %s fits into a terminal, and names every option',
    async (name) => {
      const { code, printed } = await type(`help ${name}`)
      expect(code).toBe(0)
      expect((await type(`${name} --help`)).printed).toBe(printed)
      for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
      const source = await readFile(new URL(`${name}.ts`, import.meta.url), 'utf8')
      const options = [...source.matchAll(/^ {2}'?([\w-]+)'?: \{ type: /gm)].map(([, own]) => own)
      for (const option of [...options, 'json']) expect(printed).toContain(`--${option}`)
    },
  )

  it('lists every command', async () => {
    const { printed } = await type('help')
    for (const name of Object.keys(COMMANDS))
      expect(printed).toMatch(new RegExp(`^ {2}${name} `, 'm'))
    expect(JSON.parse((await type('help --json')).printed).commands).toHaveLength(
      Object.keys(COMMANDS).length,
    )
  })
})

describe('the process', () => {
  const BIN = fileURLToPath(new URL('weir.js', import.meta.url))
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [BIN, ...args], {
      env: { PATH: process.env.PATH, WEIR_URL: weir.url, WEIR_KEY: 'rk_demo', LANG: 'C.UTF-8' },
    })

  it('answers into a pipe without colours and bars', async () => {
    const { stdout, stderr } = await run('rates', ...MONTH)
    expect(stderr).toBe('')
    expect(stdout).toMatch(/ 5 {2}purchase +488 +4\.4 % +44\.9 %\n/)
    expect(stripVTControlCharacters(stdout)).toBe(stdout)
  })

  it.skipIf(!('execve' in process) || process.platform !== 'linux')(
    'starts Weir with the heap that `npm start` gives it, as the same process',
    async () => {
      const { scripts } = JSON.parse(await readFile('package.json', 'utf8'))
      const heap = scripts.start.split(' ').filter((word: string) => word.startsWith('--'))
      const child = spawn(process.execPath, [BIN, 'start', '--json'], {
        env: { PATH: process.env.PATH, PORT: '0', DATABASE_URL: weir.database_url },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(child.stdout, 'data')
      const words = (await readFile(`/proc/${child.pid}/cmdline`, 'utf8')).split('\0')
      expect(heap).toHaveLength(2)
      expect(words.slice(1, 3)).toEqual(heap)
      child.kill('SIGTERM')
      expect(await once(child, 'exit')).toEqual([0, null])
    },
  )

  it('ends with the code, and says why on standard error', async () => {
    await expect(run('rates', '--from', 'october')).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('weir: --from: `october` is no date'),
    })
  })
})
