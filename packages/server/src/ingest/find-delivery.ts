import type { DeliveryAnswer } from '@weir/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'

/** What is counted; the share and the words around it are the route's. */
export type Delivery = Omit<DeliveryAnswer, 'from' | 'to' | 'delivered' | 'note'>

/**
 * A stream counts its events from 1 (or 0): whatever has been answered for was stored, was there before, or
 * was rejected. What was lost after the last number that came cannot be seen. A stream that was there before
 * the range, by up to a day, goes on in it where it was.
 */
export async function findDelivery(
  db: Kysely<Database>,
  site_id: number,
  { from, to }: { from: number; to: number },
): Promise<Delivery> {
  const [begin, end] = [new Date(from), new Date(to)]
  const { rows } = await sql<Delivery>`
    with stored as (
      select stream, seq, at >= ${begin} as inside, received_at - at > interval '1 minute' as late
      from events
      join batches using (batch_id)
      where events.site_id = ${site_id}
        and at >= ${begin}::timestamptz - interval '1 day'
        and at < ${end}
        and stream is not null
        and seq is not null
    ),
    not_stored as (
      select stream, seq, received_at >= ${begin} as inside, true as rejected
      from quarantine
      where site_id = ${site_id}
        and received_at >= ${begin}::timestamptz - interval '1 day'
        and received_at < ${end}
        and stream is not null
        and seq is not null
      union all
      select stream, seq, at >= ${begin} as inside, false as rejected
      from set_aside
      where site_id = ${site_id}
        and at >= ${begin}::timestamptz - interval '1 day'
        and at < ${end}
    ),
    others as (
      select stream, seq, bool_or(inside) as inside, bool_and(rejected) as rejected
      from not_stored
      where not exists (
        select from stored
        where stored.stream = not_stored.stream and stored.seq = not_stored.seq
      )
      group by stream, seq
    ),
    streams as (
      select
        stream,
        count(distinct seq) filter (where inside) as told,
        max(seq) filter (where inside)
          - coalesce(max(seq) filter (where not inside), least(min(seq), 1) - 1) as numbers
      from (
        select stream, seq, inside from stored
        union all
        select stream, seq, inside from others
      ) as told
      group by stream
      having bool_or(inside)
    )
    select
      (select count(*) from streams) as streams,
      (select coalesce(sum(greatest(numbers, told)), 0)::float8 from streams) as expected,
      (select count(distinct (stream, seq)) from stored where inside) as stored,
      (select count(*) from others where inside and rejected) as rejected,
      (select count(*) from others where inside and not rejected) as duplicates,
      (select coalesce(sum(greatest(numbers - told, 0)), 0)::float8 from streams) as missing,
      (select count(*) from stored where inside and late) as late,
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
