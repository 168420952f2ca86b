import type { PoolClient } from 'pg'
import type { Removal } from '../weave/find-removed.ts'
import type { Batch } from '../weave/read-rows.ts'

/**
 * What one question reads, decided at one moment: the parts of weaves up to `weave`, and the batches that
 * none of those took. Weaving and merging may go on; every thread reads the same.
 */
export interface Pin {
  site_id: number
  weave: number
  tail: Batch[]
  /** Events in those parts that have left the truth. */
  removals: Removal[]
  /** Days since 1970, both included. */
  days: { first: number; last: number }
}

// One statement, one snapshot: a batch is in the tail or in a part, never in both, never in neither.
const SQL = `
with newest as (
  select coalesce(max(weave), 0) as weave
  from weaves
)
select
  (select weave from newest) as weave,
  (
    select coalesce(json_agg(json_build_object(
      'batch_id', batch_id, 'site_id', site_id, 'events', events, 'lowest', lowest, 'highest', highest
    )), '[]')
    from batches
    where site_id = $1 and woven is null
  ) as tail,
  (
    select coalesce(json_agg(json_build_object(
      'visitor_id', visitor_id, 'at', (extract(epoch from at) * 1000)::float8, 'name', name,
      'order_id', order_id
    )), '[]')
    from removals
    where site_id = $1
      and (woven is null or woven > (select weave from newest))
      and at >= timestamptz 'epoch' + $2::integer * interval '1 day'
      and at < timestamptz 'epoch' + ($3::integer + 1) * interval '1 day'
  ) as removals`

export async function pin(client: PoolClient, site_id: number, days: Pin['days']): Promise<Pin> {
  const { rows } = await client.query<Omit<Pin, 'site_id' | 'days'>>({
    name: 'pin',
    text: SQL,
    values: [site_id, days.first, days.last],
  })
  const [row] = rows
  if (!row) throw new Error('a select without a row')
  return { site_id, days, ...row }
}
