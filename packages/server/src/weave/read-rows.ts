import { type CodeOf, Loom, type Part } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { copyEach, type Field } from '../db/copy-each.ts'

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
  /** Of which batch each row is, as its position in `batches`. */
  const batchOf: number[] = []
  const counts = new Uint32Array(batches.length)
  const positions = new Map(batches.map(({ batch_id }, position) => [batch_id, position]))
  let [batch_id, batch] = [0, -1]
  const read = (bytes: Buffer, [id, visitor, at, name, properties]: readonly Field[]) => {
    if (!id || !visitor || !at || !name || !properties) return
    const own_id = int64At(bytes, id.begin)
    // The events of a batch mostly stand together: it is not looked up again.
    if (own_id !== batch_id) {
      batch_id = own_id
      batch = positions.get(own_id) ?? -1
    }
    if (batch === -1) return
    counts[batch]!++
    batchOf.push(batch)
    const time = POSTGRES_EPOCH_MS + Math.floor(int64At(bytes, at.begin) / 1_000)
    loom.add(bytes, visitor, time, name, properties)
  }
  if (batches.length > 0) await copyEach(client, selectOf(site_id, batches), read)
  const isWhole = batches.map(({ events }, position) => counts[position] === events)
  const whole = batches.filter((_, position) => isWhole[position])
  const all = whole.length === batches.length
  return {
    weave: (codeOf, slots) =>
      loom.weave(codeOf, {
        ...(slots === undefined ? {} : { slots }),
        ...(all ? {} : { isKept: (row) => isWhole[batchOf[row] ?? -1] === true }),
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
