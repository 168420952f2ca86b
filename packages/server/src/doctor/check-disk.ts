import { statfs } from 'node:fs/promises'
import { type Kysely, sql } from 'kysely'
import type { Config } from '../config.ts'
import type { Database } from '../db/tables.ts'
import { bad, type Finding, good, look } from './finding.ts'

const GB = 1e9
const LITTLE_BYTES = 2 * GB
const NONE_BYTES = 0.2 * GB

/** How much is stored, and what is free where it is; of a database elsewhere only the first. */
export async function checkDisk(
  db: Kysely<Database>,
  { database_url, data_dir }: Pick<Config, 'database_url' | 'data_dir'>,
): Promise<Finding> {
  const { rows } = await sql<{ bytes: number }>`
    select pg_database_size(current_database()) as bytes`.execute(db)
  const stored = `${gigabytes(rows[0]?.bytes ?? 0)} stored`
  if (database_url !== null) return good('disk', `${stored}; what is free, its server knows`)
  const { bavail, bsize } = await statfs(data_dir)
  const free = bavail * bsize
  const found = `${stored}, ${gigabytes(free)} free`
  const advice = `Free some space beside ${data_dir}, or set WEIR_RETENTION_DAYS. When it is full Weir refuses events with 503, and senders keep them.`
  if (free < NONE_BYTES) return bad('disk', found, advice)
  return free < LITTLE_BYTES ? look('disk', found, advice) : good('disk', found)
}

const gigabytes = (bytes: number): string =>
  bytes < GB ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / GB).toFixed(1)} GB`
