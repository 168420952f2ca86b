import type { PoolClient } from 'pg'
import { doubleArray, integerArray, jsonArray, textArray, uuidArray } from '../db/binary-array.ts'
import type { NewEvent } from './check-event.ts'

// Rows go in sorted by their key: two unsorted batches deadlock (40P01). The ledger's row is counted from
// what was really inserted, in the same statement. Its keys come back only where not all were new. Who was
// erased stays out; looked up here, where no later erasure can be missed, and once for all where a site has
// erased nobody: hashing every visitor takes 2 µs an event.
const SQL = `
with sent_batches as materialized (
  select
    nextval(pg_get_serial_sequence('batches', 'batch_id')) as batch_id,
    *
  from unnest($1::integer[], $2::uuid[], $3::uuid[]) as batch (site_id, lowest, highest)
),
inserted as (
  insert into events (
    site_id, visitor_id, event_id, batch_id, at, name, stream, seq, properties
  )
  select
    site_id, visitor_id, event_id, batch_id, to_timestamp(ms / 1000.0), name, stream, seq, properties
  from unnest(
    $4::integer[], $5::text[], $6::uuid[], $7::float8[], $8::text[], $9::text[], $10::integer[],
    $11::json[]
  ) as event (site_id, visitor_id, event_id, ms, name, stream, seq, properties)
  join sent_batches using (site_id)
  where not exists (select from tombstones where site_id = any($1::integer[]))
  or not exists (
    select from tombstones
    where tombstones.site_id = event.site_id
      and tombstones.digest = sha256(convert_to('visitor ' || event.visitor_id, 'UTF8'))
  )
  order by site_id, visitor_id, event_id
  on conflict do nothing
  returning site_id, visitor_id, event_id, batch_id
),
ledger as (
  insert into batches (batch_id, site_id, events, lowest, highest)
  overriding system value
  select batch_id, site_id, counted.events, lowest, highest
  from (select batch_id, count(*) as events from inserted group by batch_id) as counted
  join sent_batches using (batch_id)
)
select site_id, visitor_id, event_id
from inserted
where (select count(*) from inserted) < $12::integer
union all
select null, null, null
where (select count(*) from inserted) = $12::integer`

/** Names an event among all sites' events. */
const keyOf = (event: { site_id: number; visitor_id: string; event_id: string }): string =>
  `${event.site_id} ${event.visitor_id} ${event.event_id}`

/**
 * Stores events and their batches in one statement, which is a transaction of its own outside of one.
 * Returns which of the events are stored now and were not before; of equal ones the first.
 */
export async function insertEvents(
  client: Pick<PoolClient, 'query'>,
  sent: readonly NewEvent[],
): Promise<Set<NewEvent>> {
  const distinct = new Map<string, NewEvent>()
  for (const event of sent) {
    const key = keyOf(event)
    if (!distinct.has(key)) distinct.set(key, event)
  }
  if (distinct.size === 0) return new Set()
  const events = [...distinct.values()]
  const batches = batchesOf(events)
  const { rows } = await client.query<Inserted>({
    name: 'insert-events',
    text: SQL,
    values: [
      integerArray(batches.map(({ site_id }) => site_id)),
      uuidArray(batches.map(({ lowest }) => lowest)),
      uuidArray(batches.map(({ highest }) => highest)),
      integerArray(events.map((event) => event.site_id)),
      textArray(events.map((event) => event.visitor_id)),
      uuidArray(events.map((event) => event.event_id)),
      doubleArray(events.map((event) => event.at)),
      textArray(events.map((event) => event.name)),
      textArray(events.map((event) => event.stream)),
      integerArray(events.map((event) => event.seq)),
      jsonArray(events.map((event) => event.json)),
      events.length,
    ],
  })
  if (rows[0]?.site_id === null) return new Set(events)
  const inserted = new Set<NewEvent>()
  for (const row of rows) {
    const event = row.site_id === null ? undefined : distinct.get(keyOf(row))
    if (event) inserted.add(event)
  }
  return inserted
}

/** A key; or nulls, once, where all that was sent is new. */
type Inserted =
  | { site_id: number; visitor_id: string; event_id: string }
  | { site_id: null; visitor_id: null; event_id: null }

function batchesOf(events: readonly NewEvent[]) {
  const batches = new Map<number, { site_id: number; lowest: string; highest: string }>()
  for (const { site_id, event_id } of events) {
    const batch = batches.get(site_id)
    if (!batch) batches.set(site_id, { site_id, lowest: event_id, highest: event_id })
    else if (event_id < batch.lowest) batch.lowest = event_id
    else if (event_id > batch.highest) batch.highest = event_id
  }
  return [...batches.values()]
}
