import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { howLong } from '../../how-long.ts'
import { HARMS } from './crash/harms.ts'
import { type LedgerResult, ledgerTest } from './crash/ledger-test.ts'

const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_121)
/** Each harm once takes some 25 s. */
const SECONDS = howLong(25)
const BROKEN = fileURLToPath(new URL('./crash/early-answer-main.ts', import.meta.url))

const dirs: string[] = []
async function makeDataDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'weir-ledger-'))
  // Run by root, Postgres is another user's: it must be able to come in.
  await chmod(dir, 0o755)
  dirs.push(dir)
  return dir
}
afterAll(() => Promise.all(dirs.map((dir) => rm(dir, { recursive: true, force: true }))))

describe('a Weir whose processes are killed, frozen and cut off in mid-load', () => {
  let result: LedgerResult
  beforeAll(
    async () => {
      result = await ledgerTest({ data_dir: await makeDataDir(), seconds: SECONDS, seed: SEED })
    },
    300_000 + SECONDS * 4_000,
  )

  it('lost nothing that it acknowledged, stored nothing twice, and wove what is there', () => {
    const { stored, ...faults } = result.verdict
    expect(faults).toEqual({
      lost: 0,
      twice: 0,
      invented: 0,
      refused_but_stored: 0,
      wrong_batches: 0,
      wrong_orders: 0,
      timelines_differ: 0,
    })
    expect(stored).toBeGreaterThanOrEqual(result.journal.acknowledged.size)
  })

  it('answered as it should, or not at all', () => {
    expect(result.journal.wrong).toEqual([])
  })

  it('was really harmed: by everything, with requests under way, and Postgres recovered', () => {
    const { harms, journal, recoveries } = result
    const done = (harm: string) => harms.filter((one) => one.harm === harm)
    for (const harm of Object.keys(HARMS)) expect(done(harm), harm).not.toEqual([])
    const gaps = harms.slice(1).map(({ at_ms }, place) => at_ms - (harms[place]?.at_ms ?? 0))
    // Nobody waits until a harm is over.
    expect(Math.min(...gaps)).toBeLessThan(4_000)
    expect(new Set(harms.map(({ server }) => server)).size).toBeGreaterThan(1)
    expect(recoveries).toBeGreaterThan(0)
    const hits = harms.filter(({ up }) => up)
    expect(hits.filter(({ in_flight }) => in_flight > 0).length).toBeGreaterThan(hits.length / 2)
    expect(journal.unanswered).toBeGreaterThan(0)
    expect(journal.acknowledged.size).toBeGreaterThan(1_000)
    expect(journal.refused.size).toBeGreaterThan(10)
  })
})

it('is found out when it acknowledges before the commit', async () => {
  const { verdict } = await ledgerTest({
    data_dir: await makeDataDir(),
    seconds: 1,
    seed: SEED,
    main: BROKEN,
    harms: ['kill_server'],
  })
  expect(verdict.lost).toBeGreaterThan(0)
}, 180_000)
