/**
 * Whether an hour is like the next: a steady load on a Weir whose clock shows a month in half of it, so that
 * days are deleted and months begin. In each part of the run
 * 1. senders send batches at a steady rate, with ids and times of that clock;
 * 2. the last week is asked for, once a second;
 * 3. then memory, the database and its partitions are looked at.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Kysely, sql } from 'kysely'
import { openDatabase } from '../../server/src/db/database.ts'
import { findBacklog } from '../../server/src/db/find-backlog.ts'
import type { Database } from '../../server/src/db/tables.ts'
import { startEmbedded } from '../../server/src/postgres/embedded.ts'
import { startWeirProcess, type WeirProcess } from './ask/weir-process.ts'
import { HOME, RESULTS } from './home.ts'
import { makeSite } from './ingest/make-site.ts'
import { send } from './ingest/send.ts'
import { makeDatabase } from './load/make-database.ts'
import { watchRss } from './measure/rss.ts'
import { load as loadAverage, machine } from './report/machine.ts'
import { type FastClock, nowOf } from './soak/clock.ts'
import { pageOf, type Sample, type SoakResults } from './soak/page.ts'

export interface SoakOptions {
  seconds: number
  command: string
}

const PARTS = 30
const DAYS = 60
const RETENTION_DAYS = 14
const DAY_MS = 86_400_000
const EVENTS_A_SECOND = 2_000
const BATCH = 20
const LINES = 16
const ASK_EVERY_MS = 1_000
const MAIN = fileURLToPath(new URL('./soak/weir-main.ts', import.meta.url))

export async function soak({ seconds, command }: SoakOptions): Promise<void> {
  const start = loadAverage()
  const postgres = await startEmbedded({ dataDir: HOME })
  try {
    const database_url = await makeDatabase(postgres.url, 'bench_soak')
    const clock = { began: Date.now(), speed: (DAYS * 86_400) / seconds }
    const weir = await startWeirProcess(database_url, {
      main: [MAIN, String(clock.began), String(clock.speed)],
      settings: { WEIR_RETENTION_DAYS: String(RETENTION_DAYS) },
    })
    const db = openDatabase(database_url)
    try {
      const keys = await makeSite(database_url)
      const first_months = await listMonths(db.reports)
      const samples: Sample[] = []
      for (let part = 0; part < PARTS; part++) {
        const sample = await samplePart(weir, db.reports, keys, clock, part, seconds / PARTS)
        samples.push(sample)
        console.log(
          `  ${sample.day}: p99 ${Math.round(sample.p99_ms)} ms, ${Math.round(sample.node_bytes / 1e6)} MB`,
        )
      }
      const results: SoakResults = {
        date: new Date().toISOString(),
        command,
        machine: machine(),
        load: { start, end: loadAverage() },
        seconds,
        days: DAYS,
        retention_days: RETENTION_DAYS,
        events_a_second: EVENTS_A_SECOND,
        samples,
        first_months,
        last_months: await listMonths(db.reports),
      }
      console.log(`\n${pageOf(results)}`)
      await mkdir(RESULTS, { recursive: true })
      await writeFile(new URL('soak.md', RESULTS), pageOf(results))
    } finally {
      await db.close()
      await weir.stop()
    }
  } finally {
    await postgres.stop()
  }
}

async function samplePart(
  weir: WeirProcess,
  db: Kysely<Database>,
  keys: { write: string; read: string },
  clock: FastClock,
  part: number,
  seconds: number,
): Promise<Sample> {
  const memory = watchRss(weir.pid)
  const sending = send({
    url: weir.url,
    key: keys.write,
    lines: LINES,
    events_a_request: BATCH,
    requests_a_second: EVENTS_A_SECOND / BATCH,
    seconds,
    run: part + 1,
    clock,
  })
  const [sent, { times, refused }] = await Promise.all([
    sending,
    askWhile(sending, weir.url, keys.read, clock),
  ])
  const { unwoven, partitions, odd } = await findBacklog(db)
  const { rows } = await sql<{ bytes: number }>`
    select pg_database_size(current_database())::float8 as bytes`.execute(db)
  return {
    day: dayOf(nowOf(clock)()),
    events: sent.events,
    answers: sent.answers,
    p50_ms: sent.p50_ms,
    p99_ms: sent.p99_ms,
    asked: times.length,
    refused,
    question_ms: times[Math.floor(times.length / 2)] ?? 0,
    slowest_ms: times.at(-1) ?? 0,
    node_bytes: memory.stop(),
    database_bytes: rows[0]?.bytes ?? 0,
    months: partitions,
    odd_rows: odd,
    unwoven,
  }
}

/** How long each question took, in milliseconds, in rising order; and how many had another answer than 200. */
async function askWhile(
  sending: Promise<unknown>,
  url: string,
  key: string,
  clock: FastClock,
): Promise<{ times: number[]; refused: number }> {
  let sent = false
  let refused = 0
  void sending.finally(() => {
    sent = true
  })
  const times: number[] = []
  while (!sent) {
    const now = nowOf(clock)()
    const range = `from=${dayOf(now - 7 * DAY_MS)}&to=${dayOf(now + DAY_MS)}`
    const began = performance.now()
    const response = await fetch(`${url}/v1/rates?funnel=storefront&${range}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    await response.text()
    if (response.status === 200) times.push(performance.now() - began)
    else refused++
    await sleep(ASK_EVERY_MS)
  }
  return { times: times.sort((a, b) => a - b), refused }
}

/** The first and the last month that has a partition. */
async function listMonths(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ first: string; last: string }>`
    select min(relname) as first, max(relname) as last
    from pg_inherits join pg_class on pg_class.oid = inhrelid
    where inhparent = 'events'::regclass and relname ~ '^events_\\d{4}_\\d\\d$'`.execute(db)
  return rows.flatMap(({ first, last }) =>
    [first, last].map((name) => name.slice('events_'.length).replace('_', '-')),
  )
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
