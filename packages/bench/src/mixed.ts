/**
 * Analysts and visitors at once: questions over a million events while others arrive.
 * 1. Each question is asked once while nothing arrives. What arrives later is of a later time, so that answer
 *    must stay.
 * 2. Askers ask again and again, each a question of its own that shares its pass with nobody's (another
 *    window reads other days); senders send batches at a steady rate.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { openDatabase } from '../../server/src/db/database.ts'
import { startEmbedded } from '../../server/src/postgres/embedded.ts'
import { insertKey } from '../../server/src/sites/keys.ts'
import { makeKey } from '../../server/src/sites/secrets.ts'
import type { Contender } from './ask/contender.ts'
import { openWeir } from './ask/weir.ts'
import { HOME, RESULTS } from './home.ts'
import { send } from './ingest/send.ts'
import { quarter } from './load/dataset.ts'
import { type Loaded, load as loadDataset } from './load/load.ts'
import { urlOf } from './load/make-database.ts'
import { type MixedResults, pageOf } from './mixed/page.ts'
import { load as loadAverage, machine } from './report/machine.ts'

export interface MixedOptions {
  events: number
  seed: number
  seconds: number
  command: string
}

const ASKERS = 20
const EVENTS_A_SECOND = 2_000
const BATCH = 20
const LINES = 16

export async function mixed({ events, seed, seconds, command }: MixedOptions): Promise<void> {
  const start = loadAverage()
  const postgres = await startEmbedded({ dataDir: HOME })
  try {
    const dataset = { ...quarter(events, seed), name: 'bench_mixed' }
    const loaded = await loadDataset(postgres.url, dataset, false)
    const url = urlOf(postgres.url, dataset.name)
    const key = await makeWriteKey(url, loaded)
    const weir = await openWeir(loaded, url)
    try {
      const contenders = Array.from({ length: ASKERS }, (_, asker) => weir.within(asker + 1))
      const expected = await Promise.all(contenders.map(async (one) => (await one.ask()).counts))
      console.log(`  ${ASKERS} askers, ${EVENTS_A_SECOND} events a second, ${seconds} s …`)
      const until = performance.now() + seconds * 1_000
      const [sent, ...asked] = await Promise.all([
        send({
          url: weir.url,
          key,
          lines: LINES,
          events_a_request: BATCH,
          requests_a_second: EVENTS_A_SECOND / BATCH,
          seconds,
          run: 1,
        }),
        ...contenders.map((one, asker) => askUntil(until, one, expected[asker] ?? [])),
      ])
      const results: MixedResults = {
        date: new Date().toISOString(),
        command,
        machine: machine(),
        load: { start, end: loadAverage() },
        stored_events: loaded.events,
        askers: ASKERS,
        questions: asked.flat().sort((a, b) => a - b),
        sent,
      }
      console.log(`\n${pageOf(results)}`)
      await mkdir(RESULTS, { recursive: true })
      await writeFile(new URL('mixed.md', RESULTS), pageOf(results))
      await writeFile(new URL('mixed.json', RESULTS), `${JSON.stringify(results, null, 2)}\n`)
    } finally {
      await weir.plain.close()
    }
  } finally {
    await postgres.stop()
  }
}

/** How long each question took, in milliseconds. Throws where one is answered otherwise than expected. */
async function askUntil(
  until: number,
  contender: Contender,
  expected: readonly number[],
): Promise<number[]> {
  const times: number[] = []
  while (performance.now() < until) {
    const { ms, counts } = await contender.ask()
    if (counts.join() !== expected.join())
      throw new Error(`answered ${counts}, and ${expected} while nothing arrived`)
    times.push(ms)
  }
  return times
}

async function makeWriteKey(database_url: string, { site_id }: Loaded): Promise<string> {
  const db = openDatabase(database_url)
  try {
    const key = makeKey('write')
    await insertKey(db.reports, { site_id, kind: 'write', key })
    return key
  } finally {
    await db.close()
  }
}
