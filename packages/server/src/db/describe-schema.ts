import { type Kysely, sql } from 'kysely'
import type { Database } from './tables.ts'

/** The schema as it results from all migrations, as text to read and compare: tables, columns, keys, indexes. */
export async function describeSchema(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ line: string }>`
    with tables as (
      select oid, relname, pg_get_partkeydef(oid) as partition_key
      from pg_class
      where relnamespace = 'public'::regnamespace
        and relkind in ('r', 'p')
        and not relispartition
        and relname not like 'kysely%'
    ),
    lines as (
      select
        relname, 1 as part, attnum::integer as place,
        format(
          '  %s %s%s%s', attname, format_type(atttypid, atttypmod),
          case when attnotnull then ' not null' else '' end,
          case when attidentity <> '' then ' identity'
            else coalesce(' default ' || pg_get_expr(adbin, adrelid), '') end
        ) as line
      from tables
      join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
      union all
      select relname, 2, row_number() over (order by conname)::integer, '  ' || pg_get_constraintdef(pg_constraint.oid)
      from tables
      join pg_constraint on conrelid = tables.oid and contype <> 'n'
      union all
      select relname, 3, row_number() over (order by indexrelid::regclass::text)::integer, '  ' || pg_get_indexdef(indexrelid)
      from tables
      join pg_index on indrelid = tables.oid and not indisprimary and not indisunique
      union all
      select relname, 0, 0, relname || coalesce(' partition by ' || partition_key, '')
      from tables
    )
    select line
    from lines
    order by relname, part, place`.execute(db)
  return `${rows.map(({ line }) => line).join('\n')}\n`
}
