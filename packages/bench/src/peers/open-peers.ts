import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Contender } from '../ask/contender.ts'
import { HOME } from '../home.ts'
import type { Loaded } from '../load/load.ts'
import { exportNarrow } from './export-narrow.ts'
import { install } from './install.ts'
import { startPeer } from './peer-process.ts'

export interface Peer {
  key: 'duckdb' | 'clickhouse'
  version: string
  contender: Contender
}

const PEERS = [
  {
    key: 'clickhouse',
    name: 'ClickHouse, windowFunnel, MergeTree, 2 threads',
    packaged: 'chdb',
    version: '3.4.0',
    entry: 'clickhouse.ts',
  },
  {
    key: 'duckdb',
    name: 'DuckDB, window functions, in memory, 2 threads',
    packaged: '@duckdb/node-api',
    version: '1.5.6-r.1',
    entry: 'duckdb.ts',
  },
] as const

/** The other databases, one after the other, each with the narrow table; one that cannot be had is said and left out. */
export async function* openPeers({ dataset }: Loaded, url: string): AsyncGenerator<Peer> {
  const file = join(HOME, `${dataset.name}.csv`)
  await exportNarrow(url, file)
  try {
    for (const { key, name, packaged, version, entry } of PEERS) {
      if (!(await install(packaged, version))) continue
      try {
        console.log(`  Loading ${packaged} …`)
        const args = [file, dataset.from, dataset.to].map(String)
        yield { key, ...(await startPeer(name, entry, args)) }
      } catch (error) {
        console.log(`  ${packaged} does not run here and is left out: ${error}`)
      }
    }
  } finally {
    await rm(file, { force: true })
  }
}
