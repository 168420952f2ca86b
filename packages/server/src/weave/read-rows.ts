import { type CodeOf, Loom, type Part } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { copyEach, type Field } from '../db/copy-rows.ts'

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
  /** One part a day and slot of what was read whole. */
  weave(codeOf: CodeOf, slots?: number): Part[]
  events: number
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
  const loom = new Loom()
  /** Of which batch each row is. */
  const batchOf: number[] = []
  const counts = new Map<number, number>(batches.map(({ batch_id }) => [batch_id, 0]))
  const read = (bytes: Buffer, [batch, visitor, at, name, properties]: readonly Field[]) => {
    if (!batch || !visitor || !at || !name || !properties) return
    const batch_id = int64At(bytes, batch.begin)
    const count = counts.get(batch_id)
    if (count === undefined) return
    counts.set(batch_id, count + 1)
    batchOf.push(batch_id)
    loom.add({
      visitor_id: bytes.toString('utf8', visitor.begin, visitor.end),
      at: POSTGRES_EPOCH_MS + Math.floor(int64At(bytes, at.begin) / 1_000),
      name: bytes.toString('utf8', name.begin, name.end),
      properties: JSON.parse(bytes.toString('utf8', properties.begin, properties.end)),
    })
  }
  if (batches.length > 0) await copyEach(client, selectOf(site_id, batches), read)
  const whole = batches.filter(({ batch_id, events }) => counts.get(batch_id) === events)
  const isWhole = new Set(whole.map(({ batch_id }) => batch_id))
  const all = whole.length === batches.length
  return {
    weave: (codeOf, slots) =>
      loom.weave(codeOf, {
        ...(slots === undefined ? {} : { slots }),
        ...(all ? {} : { isKept: (row) => isWhole.has(batchOf[row] ?? 0) }),
      }),
    events: whole.reduce((sum, { events }) => sum + events, 0),
    whole,
  }
}

/** Exact up to 2 ** 53: microseconds of the next 285 years. */
const int64At = (bytes: Buffer, at: number): number =>
  bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4)

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
