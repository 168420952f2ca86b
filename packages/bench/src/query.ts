/**
 * The comparison: one run, on the same data, of the main question.
 * 1. Three datasets are loaded: the whole, a tenth of it (for growth), a small shop's year.
 * 2. Every contender is asked about the whole and the tenth; only Weir about the small shop.
 * 3. Equal answers are a condition: else the run fails and writes nothing.
 */
import { Client } from 'pg'
import { startEmbedded } from '../../server/src/postgres/embedded.ts'
import { askAll } from './ask-all.ts'
import { HOME } from './home.ts'
import { type Dataset, quarter, smallYear } from './load/dataset.ts'
import { type Loaded, load as loadDataset } from './load/load.ts'
import { urlOf } from './load/make-database.ts'
import { load, machine } from './report/machine.ts'
import { writeResults } from './report/write-results.ts'

export interface QueryOptions {
  events: number
  seed: number
  peers: boolean
  reuse: boolean
  command: string
}

export async function query({ events, seed, peers, reuse, command }: QueryOptions): Promise<void> {
  const start = load()
  const postgres = await startEmbedded({
    dataDir: HOME,
    onProgress: () => console.log('  Starting Postgres in .weir/bench …'),
  })
  try {
    const get = (dataset: Dataset): Promise<Loaded> => loadDataset(postgres.url, dataset, reuse)
    const loaded = {
      small: await get(smallYear(seed)),
      tenth: await get(quarter(Math.round(events / 10), seed)),
      whole: await get(quarter(events, seed)),
    }
    const before_asking = load()
    const versions = { Postgres: await versionOf(postgres.url) }
    const ask = (one: Loaded, others: boolean) => {
      console.log(`\n  ${one.events.toLocaleString('en-US')} events:`)
      const url = urlOf(postgres.url, one.dataset.name)
      return askAll(one, { url, others, peers, versions })
    }
    const small = await ask(loaded.small, false)
    const tenth = await ask(loaded.tenth, true)
    const whole = await ask(loaded.whole, true)
    await writeResults({
      date: new Date().toISOString(),
      command,
      seed,
      machine: machine(),
      load: { start, before_asking, end: load() },
      versions,
      whole,
      tenth,
      small,
    })
  } finally {
    await postgres.stop()
  }
}

async function versionOf(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return rows[0]?.server_version ?? 'unknown'
}
