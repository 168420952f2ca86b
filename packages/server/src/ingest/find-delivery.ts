import type { DeliveryAnswer } from '@weir/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'

/** What is counted; the share and the words around it are the route's. */
export type Delivery = Omit<DeliveryAnswer, 'from' | 'to' | 'delivered' | 'note'>

/**
 * A stream counts its events from 1 (or 0): whatever has been answered for was stored, was there before, or
 * was rejected. What was lost after the last number that came cannot be seen.
 */
export async function findDelivery(
  db: Kysely<Database>,
  site_id: number,
  { from, to }: { from: number; to: number },
): Promise<Delivery> {
  const [begin, end] = [new Date(from), new Date(to)]
  const { rows } = await sql<Delivery>`
    with arrived as (
      select stream, seq, received_at - at > interval '1 minute' as late
      from events
      join batches using (batch_id)
      where events.site_id = ${site_id}
        and at >= ${begin}
        and at < ${end}
        and stream is not null
        and seq is not null
    ),
    refused as (
      select stream, seq
      from quarantine
      where site_id = ${site_id}
        and received_at >= ${begin}
        and received_at < ${end}
        and stream is not null
        and seq is not null
      except
      select stream, seq
      from arrived
    ),
    streams as (
      select
        stream,
        max(seq) - least(min(seq), 1) + 1 as expected,
        count(distinct seq) as told
      from (select stream, seq from arrived union all select stream, seq from refused) as told
      group by stream
    )
    select
      (select count(*) from streams) as streams,
      (select coalesce(sum(expected), 0)::float8 from streams) as expected,
      (select count(distinct (stream, seq)) from arrived) as stored,
      (select count(*) from refused) as rejected,
      (select coalesce(sum(expected - told), 0)::float8 from streams) as missing,
      (select count(*) from arrived where late) as late,
      count(*) as orders_confirmed,
      count(*) filter (where event_id is null) as orders_not_reported
    from orders
    where site_id = ${site_id}
      and confirmed_at >= ${begin}
      and confirmed_at < ${end}`.execute(db)
  const [row] = rows
  if (!row) throw new Error('an aggregate without a row')
  return row
}
