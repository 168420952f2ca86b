import type { PoolClient } from 'pg'

/** Whether this transaction is now the one that may change timelines. Never waits. */
export async function takeWeaveLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('weir weave')) as taken`,
  )
  return rows[0]?.taken ?? false
}

/** Makes this transaction the one that may change timelines, after the one that does now. */
export async function waitForWeaveLock(client: PoolClient): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtext('weir weave'))`)
}
