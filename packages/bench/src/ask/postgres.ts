import { Client } from 'pg'
import type { Loaded } from '../load/load.ts'
import { type Contender, timed } from './contender.ts'
import { joinSql } from './join-sql.ts'
import { STAGES } from './question.ts'
import { eventsTable, mobilesOf, narrowTable } from './sources.ts'
import { windowSql } from './window-sql.ts'

// More than Weir gives its own statements, so that sorts stay in memory; two workers beside the leader.
const SETTINGS = '-c work_mem=1GB -c max_parallel_workers_per_gather=2 -c statement_timeout=0'

/** SQL on the rows, in the same Postgres, over one connection, which the first to be closed closes. The narrow table must be there. */
export async function openPostgres(
  { site_id, dataset }: Loaded,
  database_url: string,
): Promise<{ window: Contender; narrow: Contender; join: Contender; mobile: Contender }> {
  const client = new Client({ connectionString: database_url, options: SETTINGS })
  await client.connect()
  let closing: Promise<void> | undefined
  const close = () => (closing ??= client.end())
  const contender = (name: string, rule: Contender['rule'], sql: string): Contender => ({
    name,
    rule,
    pid: null,
    ask: () => timed(() => countsOf(client, sql)),
    close,
  })
  const events = eventsTable(site_id, dataset)
  return {
    window: contender('Postgres, window functions, events', 'exact', windowSql(events)),
    narrow: contender(
      'Postgres, window functions, three narrow columns',
      'exact',
      windowSql(narrowTable(dataset)),
    ),
    join: contender('Postgres, a join for each stage, events', 'own', joinSql(events)),
    mobile: contender(
      'Postgres, window functions, mobiles',
      'mobile',
      windowSql(mobilesOf(events)),
    ),
  }
}

export async function countsOf(client: Client, sql: string): Promise<number[]> {
  const { rows } = await client.query<Record<string, string | number>>(sql)
  return STAGES.map((_, index) => Number(rows[0]?.[`stage_${index + 1}`]))
}
