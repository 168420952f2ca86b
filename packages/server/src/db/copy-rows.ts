import type { PoolClient } from 'pg'
import { copyEach } from './copy-each.ts'

/** One row of a binary COPY: its fields as bytes, null where they are null. */
export type CopiedRow = (Buffer | null)[]

/** All rows of a select as bytes, for few and large ones. See copyEach(). */
export async function copyRows(client: PoolClient, select: string): Promise<CopiedRow[]> {
  const rows: CopiedRow[] = []
  await copyEach(client, select, (bytes, fields) => {
    rows.push(fields.map((field) => field && Buffer.from(bytes.subarray(field.begin, field.end))))
  })
  return rows
}
