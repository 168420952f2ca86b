import { AMOUNT, type Event, gather, type Range, type Timelines } from '@weir/timeline'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'

/** What a column is made of, where that is not a property of its own name alone. */
const SOURCES: Record<string, readonly string[]> = {
  [AMOUNT]: ['value', 'price', 'quantity', 'items'],
  product_id: ['product_id', 'items'],
  category: ['category', 'items'],
  brand: ['brand', 'items'],
  variant: ['variant', 'items'],
}

/** The timelines of a site's visitors, of the events from `range.from` up to and including `until`. */
export async function scanTimelines(
  db: Kysely<Database>,
  site_id: number,
  read: { from: number; until: number; columns: readonly string[] },
): Promise<Timelines> {
  const names = [...new Set(read.columns.flatMap((name) => SOURCES[name] ?? [name]))]
  const picked = names.map((name, index) => sql`properties -> ${name} as ${sql.id(`p${index}`)}`)
  const columns = [sql`visitor_id`, sql`extract(epoch from at)::float8 * 1000 as at`, sql`name`]
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join([...columns, ...picked])}
    from events
    where site_id = ${site_id}
      and at between to_timestamp(${read.from / 1000}) and to_timestamp(${read.until / 1000})`.execute(
    db,
  )
  return gather(
    rows.map((row) => eventOf(row, names)),
    read.columns,
  )
}

function eventOf(row: Record<string, unknown>, names: readonly string[]): Event {
  const properties: Record<string, unknown> = {}
  for (const [index, name] of names.entries()) properties[name] = row[`p${index}`]
  return {
    visitor: String(row.visitor_id),
    at: Math.round(Number(row.at)),
    name: String(row.name),
    properties,
  }
}

/** The last millisecond that a question reads: completions may lie after the range. */
export const lastReadMs = (range: Range, window_ms: number): number => range.to - 1 + window_ms
