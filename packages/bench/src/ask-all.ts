/**
 * Asks every contender about one dataset, in turns. All are open at once: who is not asked does nothing.
 * Those of one rule must agree on every count.
 */
import { SingleBar } from 'cli-progress'
import { Client } from 'pg'
import type { Contender } from './ask/contender.ts'
import { makeNarrow } from './ask/make-narrow.ts'
import { openPostgres } from './ask/postgres.ts'
import { openWeir } from './ask/weir.ts'
import { openWeirScan } from './ask/weir-scan.ts'
import { checkAgreement } from './check-agreement.ts'
import type { Loaded } from './load/load.ts'
import { measureInTurns } from './measure/measure.ts'
import { openPeers } from './peers/open-peers.ts'
import type { Asked, ContenderKey } from './report/results.ts'

export interface Asking {
  url: string
  /** Whether other databases and SQL take part, or Weir alone. */
  others: boolean
  peers: boolean
  versions: Record<string, string>
}

export async function askAll(loaded: Loaded, asking: Asking): Promise<Asked> {
  const { read_key: _, ...facts } = loaded
  const opened = new Map<ContenderKey, Contender>()
  try {
    await openAll(loaded, asking, opened)
    const mobile = opened.get('mobile')
    opened.delete('mobile')
    const measured = await withNames((onAsk) => measureInTurns([...opened], onAsk))
    // Not a contender: it only checks the filtered answer.
    const check = mobile && { ...mobile, ...(await mobile.ask()) }
    checkAgreement([...measured.values(), check])
    const contenders = Object.fromEntries(measured)
    return { loaded: facts, contenders }
  } finally {
    await Promise.all([...opened.values()].map((contender) => contender.close()))
  }
}

async function openAll(
  loaded: Loaded,
  { url, others, peers, versions }: Asking,
  opened: Map<ContenderKey, Contender>,
): Promise<void> {
  // Each in a process of its own: the memory of one question must not be seen by the next.
  opened.set('plain', (await openWeir(loaded, url)).plain)
  opened.set('breakdown', (await openWeir(loaded, url)).breakdown)
  const scan = openWeirScan(loaded, url)
  opened.set('scan', scan.plain)
  opened.set('trend', scan.trend)
  if (!others) return
  await prepare(url)
  if (peers) {
    for await (const { key, version, contender } of openPeers(loaded, url)) {
      opened.set(key, contender)
      versions[key === 'duckdb' ? 'DuckDB' : 'ClickHouse'] = version
    }
  }
  const { window, narrow, join, mobile } = await openPostgres(loaded, url)
  opened.set('window', window)
  opened.set('narrow', narrow)
  opened.set('join', join)
  opened.set('mobile', mobile)
}

async function prepare(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    console.log('  Making the narrow table for SQL and peers …')
    await makeNarrow(client)
  } finally {
    await client.end()
  }
}

/** Says who is asked just now. */
async function withNames<T>(work: (onAsk: (name: string) => void) => Promise<T>): Promise<T> {
  const bar = new SingleBar({
    format: '  {value} answers, {duration_formatted}; asking {name}',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 20_000,
  })
  bar.start(1_000, 0, { name: '' })
  try {
    return await work((name) => bar.increment(1, { name }))
  } finally {
    bar.stop()
  }
}
