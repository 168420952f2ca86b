import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** One row of a binary COPY: its fields as bytes of the whole answer, null where they are null. */
export type CopiedRow = (Buffer | null)[]

// "PGCOPY\n\377\r\n\0", then flags and the length of an extension.
const HEADER_BYTES = 19

/** Where one field of a row stands in the bytes; null where it is null. */
export type Field = { begin: number; end: number } | null

/**
 * Reads what a select gives as bytes: the pg client's own parser decodes bytea as text.
 * `select` is inserted as it is: it must hold nothing that came from outside but numbers.
 */
export async function copyRows(client: PoolClient, select: string): Promise<CopiedRow[]> {
  const rows: CopiedRow[] = []
  await copyEach(client, select, (bytes, fields) =>
    rows.push(fields.map((field) => field && bytes.subarray(field.begin, field.end))),
  )
  return rows
}

/** The same a row at a time; `fields` are overwritten by the next one's. */
export async function copyEach(
  client: PoolClient,
  select: string,
  onRow: (bytes: Buffer, fields: readonly Field[]) => void,
): Promise<void> {
  const stream = client.query(copyTo(`copy (${select}) to stdout (format binary)`))
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  parse(Buffer.concat(chunks), onRow)
}

/** Source: PostgreSQL documentation, COPY, "Binary Format". */
function parse(bytes: Buffer, onRow: (bytes: Buffer, fields: readonly Field[]) => void) {
  let at = HEADER_BYTES + bytes.readInt32BE(HEADER_BYTES - 4)
  const places: { begin: number; end: number }[] = []
  const fields: Field[] = []
  for (;;) {
    const count = bytes.readInt16BE(at)
    at += 2
    if (count === -1) return
    fields.length = count
    for (let index = 0; index < count; index++) {
      const length = bytes.readInt32BE(at)
      at += 4
      const place = places[index] ?? { begin: 0, end: 0 }
      places[index] = place
      place.begin = at
      at += Math.max(0, length)
      place.end = at
      fields[index] = length === -1 ? null : place
    }
    onRow(bytes, fields)
  }
}
