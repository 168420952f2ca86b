import type { PoolClient } from 'pg'

/** The number of the weave that comes next; under the lock. A transaction may be several weaves. */
export async function nextWeave(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ next: number }>(
    'select coalesce(max(weave), 0) + 1 as next from weaves',
  )
  return rows[0]?.next ?? 1
}

/** From the commit on questions are pinned to this weave, or to a later one. */
export async function insertWeave(client: PoolClient, weave: number, parts: number): Promise<void> {
  await client.query(
    'insert into weaves (weave, parts, woven_at) values ($1, $2, clock_timestamp())',
    [weave, parts],
  )
}
