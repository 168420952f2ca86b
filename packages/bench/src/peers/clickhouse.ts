/** A process that holds a dataset in ClickHouse (chdb), in a MergeTree, and answers each time it is asked. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { timed } from '../ask/contender.ts'
import { STAGES, THREADS, WINDOW_MS } from '../ask/question.ts'
import { folderOf } from './install.ts'

/** As much of chdb as is used: it is not installed where types are checked. */
interface Chdb {
  Session: new (
    path?: string,
  ) => {
    query(sql: string, format: string): string
    cleanup(): void
  }
}

const [file = '', from = '0', to = '0'] = process.argv.slice(2)
const require = createRequire(join(folderOf('chdb'), 'package.json'))
const chdb: Chdb = require('chdb')
const session = new chdb.Session()

session.query(
  `create table narrow_events (visitor Int64, happened UInt64, stage UInt8)
   engine = MergeTree order by (visitor, happened)`,
  'CSV',
)
session.query(
  `insert into narrow_events select * from file('${file}', 'CSV', 'visitor Int64, happened UInt64, stage UInt8')`,
  'CSV',
)
session.query('optimize table narrow_events final', 'CSV')

// Its default mode follows every entry, from the entry, as we do; it differs only where a visitor has
// two events at one time, which the generated traffic never has.
const conditions = STAGES.map((_, index) =>
  index === 0 ? `stage = 1 and happened >= ${from} and happened < ${to}` : `stage = ${index + 1}`,
)
const sql = `
  select ${STAGES.map((_, index) => `countIf(level >= ${index + 1})`).join(', ')}
  from (
    select windowFunnel(${WINDOW_MS})(happened, ${conditions.join(', ')}) as level
    from narrow_events
    where happened >= ${from} and happened < ${to} + ${WINDOW_MS}
    group by visitor
  )
  settings max_threads = ${THREADS}`

process.on('message', async () => {
  process.send?.(await timed(async () => session.query(sql, 'CSV').trim().split(',').map(Number)))
})
process.on('disconnect', () => session.cleanup())
process.send?.({ version: session.query('select version()', 'TSV').trim() })
