import type { Pool } from 'pg'
import { ORDER_ID } from '../weave/find-removed.ts'
import { VISITOR_IDS } from '../weave/part-rows.ts'
import { type Codes, readCodes } from '../weave/read-codes.ts'
import type { Block } from './list-blocks.ts'
import type { Listings } from './listings.ts'
import { type Pin, pin } from './pin.ts'

/** What one question reads. */
export interface Reading {
  pin: Pin
  codes: Codes
  /** The codes of the properties that are needed, by name. */
  properties: Map<string, number>
  /** Those, and what says that visitors' ids are needed. */
  columns: number[]
  blocks: Block[]
}

/** Decides what a question over some days and properties reads. Gives up when `signal` says so. */
export async function decideReading(
  pool: Pool,
  listings: Listings,
  site_id: number,
  days: Pin['days'],
  needs: { columns: readonly string[]; visitorIds: boolean },
  signal: AbortSignal,
): Promise<Reading> {
  const client = await pool.connect()
  // Whatever it waits for: without its connection it waits no more.
  const giveUp = () => client.release(true)
  signal.addEventListener('abort', giveUp)
  try {
    const pinned = await pin(client, site_id, days)
    const codes = await readCodes(client, site_id)
    // A removed event is told from another by its order.
    const needed = pinned.removals.length > 0 ? [...needs.columns, ORDER_ID] : needs.columns
    const properties = new Map<string, number>()
    for (const name of needed) {
      const code = codes.ofProperty.get(name)
      if (code !== undefined) properties.set(name, code)
    }
    const columns = [...properties.values(), ...(needs.visitorIds ? [VISITOR_IDS] : [])]
    const blocks = await listings.list(client, pinned, columns)
    return { pin: pinned, codes, properties, columns, blocks }
  } finally {
    signal.removeEventListener('abort', giveUp)
    if (!signal.aborted) client.release()
  }
}
