import type { Part } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { byteaArray } from '../db/binary-array.ts'
import { CORE, VISITOR_IDS } from './part-rows.ts'

const SQL = `
insert into timelines (
  site_id, day, weave, slots, slot, property, events, visitors, data
)
select $1, date '1970-01-01' + day, $2, slots, slot, property, events, visitors, data
from unnest(
  $3::integer[], $4::smallint[], $5::smallint[], $6::integer[], $7::integer[], $8::integer[], $9::bytea[]
) as part (day, slots, slot, property, events, visitors, data)`

const ROWS_AT_ONCE = 500

/** Stores parts, a row for each of their columns. */
export async function insertParts(
  client: PoolClient,
  site_id: number,
  weave: number,
  parts: readonly Part[],
  codes: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = parts.flatMap((part) => rowsOf(part, codes))
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const some = rows.slice(first, first + ROWS_AT_ONCE)
    await client.query({
      name: 'insert-parts',
      text: SQL,
      values: [
        site_id,
        weave,
        some.map(({ part }) => part.day),
        some.map(({ part }) => part.slots),
        some.map(({ part }) => part.slot),
        some.map(({ property }) => property),
        some.map(({ part }) => part.events),
        some.map(({ part }) => part.visitors),
        byteaArray(some.map(({ data }) => data)),
      ],
    })
  }
}

function rowsOf(part: Part, codes: ReadonlyMap<string, number>) {
  return [
    { part, property: CORE, data: part.core },
    { part, property: VISITOR_IDS, data: part.visitorIds },
    ...[...part.columns].map(([name, data]) => {
      const property = codes.get(name)
      if (property === undefined) throw new Error(`the property ${name} has no code`)
      return { part, property, data }
    }),
  ]
}
