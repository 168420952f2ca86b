import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { ShopEvent } from '../traffic/shop-event.ts'

/** As many as a busy ingest commits together. */
const BATCH = 2_000

/**
 * Stores events and the ledger's rows by COPY, past ingest: the same rows that ingest would have written,
 * in the order in which they would have come. Gives how many events there were.
 */
export async function copyTraffic(
  client: Client,
  site_id: number,
  days: Iterable<readonly ShopEvent[]>,
  onProgress: (events: number) => void = () => undefined,
): Promise<number> {
  const stream = client.query(
    copyFrom(
      'copy events (site_id, visitor_id, event_id, batch_id, at, name, properties) from stdin',
    ),
  )
  const ledger: string[] = []
  let stored = 0
  for (const day of days) {
    for (let first = 0; first < day.length; first += BATCH) {
      const batch = day.slice(first, first + BATCH)
      const batch_id = ledger.length + 1
      const ids = batch.map(({ event_id }) => event_id).sort()
      ledger.push([batch_id, site_id, batch.length, ids[0], ids.at(-1)].join('\t'))
      const rows = batch.map((event) => rowOf(site_id, batch_id, event)).join('')
      if (!stream.write(rows)) await once(stream, 'drain')
      stored += batch.length
      onProgress(stored)
    }
  }
  stream.end()
  await finished(stream)
  await copyLedger(client, ledger)
  return stored
}

async function copyLedger(client: Client, ledger: readonly string[]): Promise<void> {
  const columns = 'batch_id, site_id, events, lowest, highest'
  const stream = client.query(copyFrom(`copy batches (${columns}) from stdin`))
  stream.end(ledger.map((row) => `${row}\n`).join(''))
  await finished(stream)
  await client.query(
    `select setval(pg_get_serial_sequence('batches', 'batch_id'), ${Math.max(1, ledger.length)})`,
  )
}

// Nothing that is generated holds a tab, a line break or a backslash.
const rowOf = (site_id: number, batch_id: number, event: ShopEvent): string =>
  `${site_id}\t${event.visitor_id}\t${event.event_id}\t${batch_id}\t` +
  `${new Date(event.at).toISOString()}\t${event.name}\t${JSON.stringify(event.properties)}\n`
