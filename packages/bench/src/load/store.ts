/**
 * Stores the rows of a dataset in a database of its own: the server's schema, a site with its keys,
 * partitions for the months, the generated events, and the ledger of their batches.
 * What was stored is written down in the database itself, so that `--reuse` can take it up again.
 */
import { Client } from 'pg'
import { openDatabase } from '../../../server/src/db/database.ts'
import { migrate } from '../../../server/src/db/migrate.ts'
import { insertSite } from '../../../server/src/sites/sites.ts'
import { withBar } from '../bar.ts'
import { traffic } from '../traffic/traffic.ts'
import { copyTraffic } from './copy-traffic.ts'
import { type Dataset, daysOf } from './dataset.ts'
import { makeDatabase, urlOf } from './make-database.ts'
import { makeMonths } from './make-months.ts'

export interface Stored {
  dataset: Dataset
  site_id: number
  read_key: string
  events: number
  copy_seconds: number
}

export async function store(server: string, dataset: Dataset): Promise<Stored> {
  const url = await makeDatabase(server, dataset.name)
  const db = openDatabase(url)
  const client = new Client({ connectionString: url, options: '-c synchronous_commit=off' })
  await client.connect()
  try {
    await migrate(url)
    const { site, keys } = await insertSite(db.reports, {
      name: dataset.name,
      time_zone: 'UTC',
      origins: null,
    })
    await makeMonths(db.reports, dataset)
    const days = traffic({ ...dataset, days: daysOf(dataset) })
    const began = performance.now()
    const events = await withBar(`Storing ${dataset.name}`, dataset.events, (progress) =>
      copyTraffic(client, site.id, days, progress),
    )
    const copy_seconds = (performance.now() - began) / 1_000
    await client.query('vacuum (analyze) events, batches')
    const stored = { dataset, site_id: site.id, read_key: keys.read, events, copy_seconds }
    await client.query('create table bench_stored (facts json)')
    await client.query('insert into bench_stored values ($1)', [JSON.stringify(stored)])
    return stored
  } finally {
    await client.end()
    await db.close()
  }
}

/** What an earlier run stored of the same dataset; null where there is nothing. */
export async function findStored(server: string, dataset: Dataset): Promise<Stored | null> {
  const client = new Client({ connectionString: urlOf(server, dataset.name) })
  try {
    await client.connect()
    const { rows } = await client.query<{ facts: Stored }>('select facts from bench_stored')
    const facts = rows[0]?.facts
    return facts && JSON.stringify(facts.dataset) === JSON.stringify(dataset) ? facts : null
  } catch (error) {
    // No such database, or no such table.
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === '3D000' || code === '42P01') return null
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}
