import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** Writes the narrow table to a file that other databases read. */
export async function exportNarrow(database_url: string, file: string): Promise<void> {
  const client = new Client({ connectionString: database_url })
  await client.connect()
  try {
    const rows = client.query(
      copyTo('copy (select visitor, happened, stage from narrow_events) to stdout (format csv)'),
    )
    await pipeline(rows, createWriteStream(file))
  } finally {
    await client.end()
  }
}
