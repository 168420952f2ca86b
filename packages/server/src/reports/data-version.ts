import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Backend } from '../backend.ts'

/** More of the tail is not looked through: it will be woven in a second. */
const MOST_TAIL_EVENTS = 20_000

const DAY_MS = 86_400_000

/**
 * What an answer over some time (ends included, milliseconds since 1970) depends on, as one text: the
 * parts of those days, which never change, the batches of the tail that have an event then, and what left
 * the truth. Whole days: that is what is read, and a visit or a cart may reach beyond what was asked for.
 * Two equal ones mean the same events. Null where the tail is too long to look through.
 * One statement, one snapshot: a batch is in the tail or in a part.
 */
export async function findDataVersion(
  { db }: Pick<Backend, 'db'>,
  site_id: number,
  { from, until }: { from: number; until: number },
): Promise<string | null> {
  const days = { first: Math.floor(from / DAY_MS), last: Math.floor(until / DAY_MS) }
  const { rows } = await sql<{ version: string; tail_events: number }>`
    with tail as materialized (
      select batch_id, events, lowest, highest
      from batches
      where site_id = ${site_id} and woven is null
    ),
    size as (
      select coalesce(sum(events), 0)::float8 as events, min(lowest::text) as lowest, max(highest::text) as highest
      from tail
    ),
    parts as (
      select day || ' ' || weave || ' ' || slots || ' ' || slot as what
      from timelines
      where site_id = ${site_id}
        and day between date '1970-01-01' + ${days.first}::integer
          and date '1970-01-01' + ${days.last}::integer
        and property = 0
        and replaced_by is null
    ),
    touched as (
      select 'batch ' || tail.batch_id || ' ' || tail.events as what
      from tail
      where (select events from size) <= ${MOST_TAIL_EVENTS}
        and exists (
          select from events
          where events.site_id = ${site_id}
            and events.batch_id = tail.batch_id
            and events.event_id between tail.lowest and tail.highest
            and events.at >= timestamptz 'epoch' + ${days.first}::integer * interval '1 day'
            and events.at < timestamptz 'epoch' + (${days.last}::integer + 1) * interval '1 day'
        )
    ),
    removed as (
      select 'removal ' || removal_id as what
      from removals
      where site_id = ${site_id} and woven is null
    )
    select
      (select events from size) as tail_events,
      coalesce((
        select string_agg(what, ',' order by what)
        from (
          select what from parts
          union all
          select what from touched
          union all
          select what from removed
        ) as everything
      ), '') as version`.execute(db.reports)
  const [row] = rows
  if (!row || row.tail_events > MOST_TAIL_EVENTS) return null
  return createHash('sha256').update(row.version).digest('base64url')
}
