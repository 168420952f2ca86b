import type { Pool } from 'pg'

/** No question takes longer than 30 s from its pin on; the rest is for clocks and for looking at. */
const KEPT_MS = 600_000
/** Whether a day is quiet is told from the times of its weaves. */
const WEAVES_KEPT_MS = 86_400_000

/** Deletes parts that were replaced so long ago that no question can need them, and what was noted beside them. */
export async function sweep(pool: Pool, kept_ms: number = KEPT_MS): Promise<void> {
  await pool.query(
    `
    delete from timelines
    where replaced_by is not null
      and replaced_at < clock_timestamp() - $1 * interval '1 millisecond'`,
    [kept_ms],
  )
  await pool.query(
    `
    delete from removals
    where woven <= (
      select max(weave)
      from weaves
      where woven_at < clock_timestamp() - $1 * interval '1 millisecond'
    )`,
    [kept_ms],
  )
  await pool.query(
    `
    delete from weaves
    where woven_at < clock_timestamp() - $1 * interval '1 millisecond'
      and weave < (select max(weave) from weaves)`,
    [WEAVES_KEPT_MS],
  )
}
