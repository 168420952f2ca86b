import { type PoolClient, Query } from 'pg'

/** Where one field of a row stands in the bytes; null where it is null. */
export type Field = { begin: number; end: number } | null

/** Takes one row of a binary COPY: its fields stand somewhere in `bytes`. Both are overwritten by later ones. */
export type OnRow = (bytes: Buffer, fields: readonly Field[]) => void

/**
 * Reads what a select gives as bytes, a row at a time, as they come: the pg client's own parser decodes
 * bytea as text, and makes strings of all. `select` is inserted as it is: it must hold nothing that came
 * from outside but numbers.
 */
export function copyEach(client: PoolClient, select: string, onRow: OnRow): Promise<void> {
  return new Promise((resolve, reject) => {
    const read = rowReader(onRow)
    let bytes: Buffer = Buffer.alloc(0)
    let failure: unknown
    const onMessage = (message: Buffer) => {
      // After a failure the rest is let pass: the connection is of use only when all was read.
      if (failure !== undefined) return
      // Many messages stand in one buffer: whoever reads rows may keep to it.
      if (bytes.buffer !== message.buffer) bytes = Buffer.from(message.buffer)
      try {
        read(bytes, message.byteOffset, message.byteOffset + message.length)
      } catch (error) {
        failure = error ?? new Error('could not read a row')
      }
    }
    const text = `copy (${select}) to stdout (format binary)`
    client.query(
      new CopyQuery(text, onMessage, (error) => {
        if (error ?? failure) reject(error ?? failure)
        else resolve()
      }),
    )
  })
}

/** What the pg client does with a COPY, but for the data, which it drops. */
class CopyQuery extends Query {
  readonly #onMessage: (bytes: Buffer) => void

  constructor(
    text: string,
    onMessage: (bytes: Buffer) => void,
    onEnd: (error: Error | null | undefined) => void,
  ) {
    super(text, onEnd)
    this.#onMessage = onMessage
  }

  handleCopyData({ chunk }: { chunk: Buffer }) {
    this.#onMessage(chunk)
  }
}

/** "PGCOPY\n\377\r\n\0", then flags and the length of an extension. */
const HEADER_BYTES = 19

/**
 * Reads messages of a COPY; each is whole rows.
 * Source: PostgreSQL documentation, COPY, "Binary Format", and "Message Flow", "COPY Operations".
 */
function rowReader(onRow: OnRow): (bytes: Buffer, begin: number, end: number) => void {
  const places: { begin: number; end: number }[] = []
  const fields: Field[] = []
  let isFirst = true
  return (bytes, begin, end) => {
    let at = begin
    if (isFirst) at += HEADER_BYTES + bytes.readInt32BE(begin + HEADER_BYTES - 4)
    isFirst = false
    while (at < end) {
      const count = bytes.readInt16BE(at)
      at += 2
      if (count === -1) return
      if (fields.length !== count) fields.length = count
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
}
