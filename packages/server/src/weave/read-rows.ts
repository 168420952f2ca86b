import type { Row } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { copyRows } from '../db/copy-rows.ts'

/** A group commit of one site, as the ledger knows it. */
export interface Batch {
  batch_id: number
  site_id: number
  /** How many events it has: who reads it counts before believing. */
  events: number
  lowest: string
  highest: string
}

/** The events of some of a site's batches, and which batches were read whole. */
export interface BatchRows {
  rows: Row[]
  whole: Batch[]
}

const UUID = /^[0-9a-f-]{36}$/
/** Postgres counts microseconds from 2000. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0)

/**
 * Reads batches of one site back. Where a database has no snapshot across nodes a batch may be visible
 * in part: such a one is left out, never read short.
 */
export async function readBatches(
  client: PoolClient,
  site_id: number,
  batches: readonly Batch[],
): Promise<BatchRows> {
  if (batches.length === 0) return { rows: [], whole: [] }
  const byBatch = new Map<number, Row[]>(batches.map(({ batch_id }) => [batch_id, []]))
  for (const row of await copyRows(client, selectOf(site_id, batches))) {
    const [batch_id, visitor_id, at, name, properties] = row
    if (!batch_id || !visitor_id || !at || !name || !properties) continue
    byBatch.get(Number(batch_id.readBigInt64BE()))?.push({
      visitor_id: visitor_id.toString(),
      at: POSTGRES_EPOCH_MS + Number(at.readBigInt64BE() / 1_000n),
      name: name.toString(),
      // The first byte is the version of the binary format.
      properties: JSON.parse(properties.toString('utf8', 1)),
    })
  }
  const whole = batches.filter(({ batch_id, events }) => byBatch.get(batch_id)?.length === events)
  return { rows: whole.flatMap(({ batch_id }) => byBatch.get(batch_id) ?? []), whole }
}

/** The bounds of the ids prune the months that need not be looked at. */
function selectOf(site_id: number, batches: readonly Batch[]): string {
  const ids = batches.map(({ batch_id }) => Number(batch_id))
  const lowest = batches.map((batch) => batch.lowest).toSorted()[0] ?? ''
  const highest =
    batches
      .map((batch) => batch.highest)
      .toSorted()
      .at(-1) ?? ''
  if (!UUID.test(lowest) || !UUID.test(highest)) throw new Error('a batch without bounds')
  return `
    select batch_id, visitor_id, at, name, properties
    from events
    where site_id = ${Number(site_id)}
      and batch_id between ${Math.min(...ids)} and ${Math.max(...ids)}
      and batch_id in (${ids.join(', ')})
      and event_id between '${lowest}' and '${highest}'`
}
