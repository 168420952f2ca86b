import type { PoolClient } from 'pg'

/** Whether this transaction is now the one that may change timelines. Never waits. */
export async function takeWeaveLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('weir weave')) as taken`,
  )
  return rows[0]?.taken ?? false
}

/** The number of the weave that this transaction is; under the lock. */
export async function nextWeave(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ next: number }>(
    'select coalesce(max(weave), 0) + 1 as next from weaves',
  )
  return rows[0]?.next ?? 1
}
