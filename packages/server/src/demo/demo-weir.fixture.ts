import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { insertSite } from '../sites/sites.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { weave } from '../weave/weave.ts'
import { DEMO_KEYS } from './demo-site.ts'
import { readProducts } from './products.ts'
import { sendAll } from './send.ts'
import { demoTraffic } from './traffic.ts'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2026, 10, 1, 9, 30)
const MONTH = 'weir_demo_month'

/**
 * The demo as it is on 1 November 2026 at half past nine, its month behind it: what documents are
 * written about. The month is sent once in a run of all tests; each file has a copy of that database.
 */
export async function startDemoWeir(): Promise<TestWeir> {
  const database_url = await copyMonth(inject('postgres'))
  const weir = await startTestWeir({ now: () => NOW, config: { database_url } })
  // Threads take their time to start on a busy machine: no test's first question waits for them.
  await weir.ask('/v1/rates?funnel=storefront&from=2026-10-01&to=2026-10-02')
  return weir
}

async function copyMonth(postgres: string): Promise<string> {
  const client = new Client({ connectionString: postgres })
  await client.connect()
  try {
    // One at a time: what is copied may have no connections.
    await client.query(`select pg_advisory_lock(hashtext('${MONTH}'))`)
    const { rowCount } = await client.query('select from pg_database where datname = $1', [MONTH])
    if (rowCount === 0) await client.query(`alter database ${await sendMonth()} rename to ${MONTH}`)
    const url = new URL(postgres)
    url.pathname = `/weir_${randomBytes(6).toString('hex')}`
    await client.query(`create database ${url.pathname.slice(1)} template ${MONTH}`)
    return url.href
  } finally {
    await client.end()
  }
}

/** Sends the month to a Weir of its own; the name of the database that then holds it. */
async function sendMonth(): Promise<string> {
  const weir = await startTestWeir({ now: () => NOW, weaving: false })
  const shop = { name: 'Weir & Daughters', time_zone: 'UTC', origins: null }
  await insertSite(weir.db.reports, shop, DEMO_KEYS)
  const month = demoTraffic(NOW - (NOW % DAY_MS), await readProducts())
  await sendAll(weir.url, DEMO_KEYS.secret, month)
  await weave(weir.db.timelines)
  await weir.stop()
  return new URL(weir.database_url).pathname.slice(1)
}
