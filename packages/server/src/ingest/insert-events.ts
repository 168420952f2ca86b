import type { PoolClient } from 'pg'
import type { NewEvent } from './check-event.ts'

// Rows go in sorted by their key: two unsorted batches deadlock (40P01). What does not come back was
// there before. The ledger's row is counted from what was really inserted, in the same statement.
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
    $11::jsonb[]
  ) as event (site_id, visitor_id, event_id, ms, name, stream, seq, properties)
  join sent_batches using (site_id)
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
from inserted`

/** Names an event among all sites' events. */
export const keyOf = (event: { site_id: number; visitor_id: string; event_id: string }): string =>
  `${event.site_id} ${event.visitor_id} ${event.event_id}`

/** Stores events and their batches; returns the keys of those that were not there before. */
export async function insertEvents(
  client: PoolClient,
  events: readonly NewEvent[],
): Promise<Set<string>> {
  if (events.length === 0) return new Set()
  const batches = batchesOf(events)
  const { rows } = await client.query<{ site_id: number; visitor_id: string; event_id: string }>({
    name: 'insert-events',
    text: SQL,
    values: [
      batches.map(({ site_id }) => site_id),
      batches.map(({ lowest }) => lowest),
      batches.map(({ highest }) => highest),
      events.map((event) => event.site_id),
      events.map((event) => event.visitor_id),
      events.map((event) => event.event_id),
      events.map((event) => event.at),
      events.map((event) => event.name),
      events.map((event) => event.stream),
      events.map((event) => event.seq),
      events.map((event) => JSON.stringify(event.properties)),
    ],
  })
  return new Set(rows.map(keyOf))
}

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
