import type { PoolClient } from 'pg'
import type { NewEvent } from './check-event.ts'

const INSERT = `
insert into set_aside (site_id, stream, seq, visitor_id, at)
select site_id, stream, seq, visitor_id, to_timestamp(ms / 1000.0)
from unnest($1::integer[], $2::text[], $3::integer[], $4::text[], $5::float8[])
  as event (site_id, stream, seq, visitor_id, ms)
where stream is not null and seq is not null
order by site_id, stream, seq
on conflict do nothing`

/** Notes purchases that are not stored because their order was there: they have arrived. */
export async function setAside(
  client: Pick<PoolClient, 'query'>,
  purchases: readonly NewEvent[],
): Promise<void> {
  if (purchases.length === 0) return
  await client.query({
    name: 'set-aside',
    text: INSERT,
    values: [
      purchases.map(({ site_id }) => site_id),
      purchases.map(({ stream }) => stream),
      purchases.map(({ seq }) => seq),
      purchases.map(({ visitor_id }) => visitor_id),
      purchases.map(({ at }) => at),
    ],
  })
}
