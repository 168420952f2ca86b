import type { Client } from 'pg'

/** What is stored for each event, in bytes. */
export interface Sizes {
  parts: number
  core: number
  columns: number
  visitor_ids: number
  events_table: number
  events_key: number
}

const SQL = `
with live as (
  select property, octet_length(data) as bytes
  from timelines
  where replaced_by is null
),
partitions as (
  select inhrelid as partition
  from pg_inherits
  where inhparent = 'events'::regclass
)
select
  (select count(*) from live where property = 0)::float8 as parts,
  (select sum(bytes) from live where property = 0)::float8 as core,
  (select coalesce(sum(bytes), 0) from live where property > 0)::float8 as columns,
  (select sum(bytes) from live where property = -1)::float8 as visitor_ids,
  (select sum(pg_table_size(partition)) from partitions)::float8 as events_table,
  (select sum(pg_indexes_size(partition)) from partitions)::float8 as events_key`

/** Everything but `parts` is bytes an event. */
export async function readSizes(client: Client, events: number): Promise<Sizes> {
  const { rows } = await client.query<Sizes>(SQL)
  const [row] = rows
  if (!row) throw new Error('a select without a row')
  return {
    parts: row.parts,
    core: row.core / events,
    columns: row.columns / events,
    visitor_ids: row.visitor_ids / events,
    events_table: row.events_table / events,
    events_key: row.events_key / events,
  }
}
