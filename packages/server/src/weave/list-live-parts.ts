import { slotOf, type VisitorHash } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import type { Day } from './day.ts'
import type { PartPlace } from './part-rows.ts'

/** The parts of a day that may hold events of one of these visitors, and that nothing has replaced; under the lock. */
export async function listLiveParts(
  client: PoolClient,
  { site_id, day }: Day,
  visitors: readonly VisitorHash[],
): Promise<PartPlace[]> {
  const { rows } = await client.query<PartPlace>(
    `
    select day - date '1970-01-01' as day, weave, slots, slot
    from timelines
    where site_id = $1
      and day = date '1970-01-01' + $2::integer
      and property = 0
      and replaced_by is null`,
    [site_id, day],
  )
  return rows.filter(({ slots, slot }) => visitors.some(({ hi }) => slotOf(hi, slots) === slot))
}
