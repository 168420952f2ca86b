/** A process that holds a dataset in DuckDB, in memory, and answers each time it is asked. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { timed } from '../ask/contender.ts'
import { THREADS } from '../ask/question.ts'
import { narrowTable } from '../ask/sources.ts'
import { windowSql } from '../ask/window-sql.ts'
import { folderOf } from './install.ts'

/** As much of @duckdb/node-api as is used: it is not installed where types are checked. */
interface DuckDb {
  DuckDBInstance: {
    create(
      path: string,
      options: Record<string, string>,
    ): Promise<{ connect(): Promise<Connection> }>
  }
  version(): string
}
interface Connection {
  run(sql: string): Promise<unknown>
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>
}

const [file = '', from = '0', to = '0'] = process.argv.slice(2)
const require = createRequire(join(folderOf('@duckdb/node-api'), 'package.json'))
const duckdb: DuckDb = require('@duckdb/node-api')

const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: String(THREADS) })
const connection = await instance.connect()
await connection.run(`
  create table narrow_events as
  select visitor, happened, stage
  from read_csv('${file}', header = false, columns = { visitor: 'bigint', happened: 'bigint', stage: 'utinyint' })
  order by visitor, happened`)
const sql = windowSql(narrowTable({ from: Number(from), to: Number(to) }))

process.on('message', async () => {
  const asked = await timed(async () => {
    const [counts = []] = (await connection.runAndReadAll(sql)).getRows()
    return counts.map(Number)
  })
  process.send?.(asked)
})
process.send?.({ version: duckdb.version() })
