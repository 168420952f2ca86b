/**
 * How many events a second Weir acknowledges, on this machine with everything on it: senders in their
 * own process, real HTTP, a real Postgres with fsync and synchronous_commit=on, weaving on.
 * 1. The disk alone: no acknowledgement is faster than it.
 * 2. Batches of 20 as fast as answers come; then at half of what is promised, and at half of that rate.
 * 3. Requests of one event, the same.
 * 4. An import, as one stream.
 * 5. With --outage, batches at full load while the database is stopped, and comes back.
 * 6. As a floor: bare inserts of rows of the same size, by `pg`, into the same table.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { startEmbedded } from '../../server/src/postgres/embedded.ts'
import { startWeirProcess, type WeirProcess } from './ask/weir-process.ts'
import { HOME, RESULTS } from './home.ts'
import { cpuOf } from './ingest/cpu.ts'
import { floor } from './ingest/floor.ts'
import { importEvents } from './ingest/import-events.ts'
import type { Load } from './ingest/load.ts'
import { makeSite } from './ingest/make-site.ts'
import { outage } from './ingest/outage.ts'
import { type IngestResults, pageOf } from './ingest/page.ts'
import { postmasterOf } from './ingest/postmaster-of.ts'
import { send } from './ingest/send.ts'
import type { Step } from './ingest/step.ts'
import { makeDatabase } from './load/make-database.ts'
import { timeDisk } from './measure/disk.ts'
import { watchRss } from './measure/rss.ts'
import { watchStolen } from './measure/stolen.ts'
import { load as loadAverage, machine } from './report/machine.ts'

export interface IngestOptions {
  /** Of each load. */
  seconds: number
  /** How long the database is stopped under full load; 0 for not at all. */
  outage_seconds: number
  command: string
}

const LINES = 128
const BATCH = 20
const WARM_SECONDS = 3
/** What is promised of each, in requests. */
const PROMISED_A_SECOND = { 20: 1_000, 1: 3_000 } as const
const IMPORTED_A_SECOND = 30_000
const MOST_IMPORTED = 1_000_000

export async function ingest({ seconds, outage_seconds, command }: IngestOptions): Promise<void> {
  const start = loadAverage()
  console.log('  the disk alone …')
  const disk = await timeDisk(HOME, Math.min(15, seconds))
  let postgres = await startEmbedded({ dataDir: HOME })
  try {
    const database_url = await makeDatabase(postgres.url, 'bench_ingest')
    const weir = await startWeirProcess(database_url)
    const postmaster = await postmasterOf(postgres.url)
    try {
      const keys = await makeSite(database_url)
      const run = stepsOf({ weir, postmaster, key: keys.write })
      await run('warm', { events_a_request: BATCH, seconds: WARM_SECONDS })
      const steps: Step[] = []
      for (const events_a_request of [BATCH, 1] as const) {
        const what = events_a_request === 1 ? 'one event a request' : `batches of ${BATCH}`
        const full = await run(`${what}, full load`, { events_a_request, seconds })
        steps.push(full)
        const halves = {
          'half of the promise': PROMISED_A_SECOND[events_a_request] / 2,
          'half load': full.events / full.seconds / events_a_request / 2,
        }
        for (const [half, requests_a_second] of Object.entries(halves)) {
          const how = { events_a_request, seconds, requests_a_second }
          steps.push(await run(`${what}, ${half}`, how))
        }
      }
      const results: IngestResults = {
        date: new Date().toISOString(),
        command,
        machine: machine(),
        lines: LINES,
        load: { start, end: loadAverage() },
        disk,
        steps,
        imported: await importAll(weir, keys.secret, seconds),
        outage: null,
        floor_rows_a_second: await floor(database_url, Math.min(10, seconds)),
      }
      if (outage_seconds > 0) {
        console.log('  the database is stopped …')
        const port = Number(new URL(postgres.url).port)
        const start = () => startEmbedded({ dataDir: HOME, port })
        const load = (all: number) => run('outage', { events_a_request: BATCH, seconds: all })
        const done = await outage(weir.pid, outage_seconds, { postgres, start }, load)
        postgres = done.postgres
        results.outage = done.outage
      }
      console.log(`\n${pageOf(results)}`)
      await mkdir(RESULTS, { recursive: true })
      await writeFile(new URL('ingest.md', RESULTS), pageOf(results))
      await writeFile(new URL('ingest.json', RESULTS), `${JSON.stringify(results, null, 2)}\n`)
    } finally {
      await weir.stop()
    }
  } finally {
    await postgres.stop()
  }
}

/** As many as should take about as long as a step. */
function importAll({ url }: WeirProcess, key: string, seconds: number) {
  console.log('  import …')
  return importEvents({ url, key, events: Math.min(MOST_IMPORTED, seconds * IMPORTED_A_SECOND) })
}

function stepsOf(of: { weir: WeirProcess; postmaster: number; key: string }) {
  const { weir, postmaster, key } = of
  let number = 0
  return async (
    name: string,
    how: Pick<Load, 'events_a_request' | 'seconds'> & { requests_a_second?: number },
  ): Promise<Step> => {
    console.log(`  ${name} …`)
    const before = { node: cpuOf(weir.pid), postgres: cpuOf(postmaster) }
    const memory = watchRss(weir.pid)
    const stolen = watchStolen()
    const sent = await send({
      url: weir.url,
      key,
      lines: LINES,
      requests_a_second: null,
      run: ++number,
      ...how,
    })
    const used = (then: number | null, now: number | null) =>
      then === null || now === null ? null : now - then
    return {
      name,
      ...sent,
      node_cpu_seconds: used(before.node, cpuOf(weir.pid)),
      postgres_cpu_seconds: used(before.postgres, cpuOf(postmaster)),
      node_bytes: memory.stop(),
      stolen: stolen.stop(),
    }
  }
}
