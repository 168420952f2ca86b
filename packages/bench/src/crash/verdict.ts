import { Pool } from 'pg'
import { compareTimelines } from './compare-timelines.ts'
import type { Journal } from './journal.ts'

/** What the database holds, against what senders were told. Every number but `stored` must be 0. */
export interface Verdict {
  stored: number
  /** Acknowledged, and not there. */
  lost: number
  /** There more than once. */
  twice: number
  /** There, and never sent. */
  invented: number
  /** There, though refused. */
  refused_but_stored: number
  /** Batches whose count is not the number of their events. */
  wrong_batches: number
  /** Purchases without their order, and orders without their purchase. */
  wrong_orders: number
  /** Events of rows that timelines do not have, or the other way round. */
  timelines_differ: number
}

export async function judge(database_url: string, journal: Journal): Promise<Verdict> {
  const pool = new Pool({ connectionString: database_url })
  const client = await pool.connect()
  const count = async (sql: string): Promise<number> => {
    const { rows } = await client.query<{ count: string }>(sql)
    return Number(rows[0]?.count ?? 0)
  }
  try {
    const { rows } = await client.query<{ event_id: string }>('select event_id from events')
    const stored = new Set(rows.map(({ event_id }) => event_id))
    const countOf = (ids: Iterable<string>, test: (id: string) => boolean) => {
      let found = 0
      for (const id of ids) if (test(id)) found++
      return found
    }
    return {
      stored: rows.length,
      lost: countOf(journal.acknowledged, (id) => !stored.has(id)),
      twice: rows.length - stored.size,
      invented: countOf(stored, (id) => !journal.issued.has(id)),
      refused_but_stored: countOf(journal.refused, (id) => stored.has(id)),
      wrong_batches: await count(WRONG_BATCHES),
      wrong_orders: await count(WRONG_ORDERS),
      timelines_differ: await compareTimelines(client),
    }
  } finally {
    client.release()
    await pool.end()
  }
}

const WRONG_BATCHES = `
with counted as (select batch_id, count(*)::int as events from events group by batch_id)
select count(*)
from batches
full join counted using (batch_id)
where batches.events is distinct from coalesce(counted.events, 0)`

const WRONG_ORDERS = `
select count(*)
from orders
full join (select * from events where name = 'purchase') as purchases using (site_id, event_id)
where properties ->> 'order_id' is distinct from orders.order_id`
