/**
 * Analysts and visitors at once: questions over a million events while others arrive.
 * 1. Each question is asked once while nothing arrives. What arrives later is of a later time, so every number
 *    of that answer must stay.
 * 2. Askers ask again and again, each a question of its own that shares its pass with nobody's (another
 *    window reads other days); senders send batches at a steady rate.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import type { FunnelQuestion } from '@weir/contract'
import { openDatabase } from '../../server/src/db/database.ts'
import { startEmbedded } from '../../server/src/postgres/embedded.ts'
import { insertKey } from '../../server/src/sites/keys.ts'
import { makeKey } from '../../server/src/sites/secrets.ts'
import { askWeir } from './ask/ask-weir.ts'
import { openWeir, plainQuestion } from './ask/weir.ts'
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
      const questions = Array.from({ length: ASKERS }, (_, asker) => ({
        ...plainQuestion(loaded.dataset),
        window: `${asker + 1}d`,
      }))
      const ask: Ask = async (question) => {
        const { as_of: _, ...answer } = await askWeir(weir.url, loaded.read_key, question)
        return JSON.stringify(answer)
      }
      const expected = await Promise.all(questions.map(ask))
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
        ...questions.map((one, asker) => askUntil(until, ask, one, expected[asker] ?? '')),
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

/** A whole answer as text, but for its time. */
type Ask = (question: FunnelQuestion) => Promise<string>

/** How long each question took, in milliseconds. Throws where a number of an answer is not as expected. */
async function askUntil(
  until: number,
  ask: Ask,
  question: FunnelQuestion,
  expected: string,
): Promise<number[]> {
  const times: number[] = []
  while (performance.now() < until) {
    const began = performance.now()
    const answer = await ask(question)
    times.push(performance.now() - began)
    if (answer !== expected)
      throw new Error(`answered ${answer}, and ${expected} while nothing arrived`)
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
