import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../db/in-transaction.ts'
import type { Confirmation, NewEvent } from './check-event.ts'
import { claimOrders, confirmOrders, type Purchase } from './claim-orders.ts'
import { insertEvents } from './insert-events.ts'

/** What became of one event. Whoever reads it knows that it was committed. */
export type Outcome = 'accepted' | 'duplicate' | 'order_taken' | 'refused_by_database'

export type Writable = NewEvent | Confirmation

const isEvent = (writable: Writable): writable is NewEvent => 'event_id' in writable
const isConfirmation = (writable: Writable): writable is Confirmation => !isEvent(writable)
/** Neither claims nor confirms an order. */
const isPlain = (writable: Writable) => isEvent(writable) && !isPurchase(writable)
const isPurchase = (event: NewEvent): event is Purchase => event.order_id !== null

/**
 * Writes events in one transaction; what it returns is on disk. An event that Postgres cannot hold
 * must not harm its neighbours: a batch refused for its data is halved until the culprit stands alone.
 */
export async function writeBatch(pool: Pool, batch: readonly Writable[]): Promise<Outcome[]> {
  try {
    // One statement is a transaction already: most batches are spared two round trips.
    if (batch.every(isPlain)) return await write(pool, batch)
    return await inTransaction(pool, (client) => write(client, batch))
  } catch (error) {
    if (!isDataError(error)) throw error
    if (batch.length === 1) return ['refused_by_database']
    const middle = Math.ceil(batch.length / 2)
    const first = await writeBatch(pool, batch.slice(0, middle))
    return [...first, ...(await writeBatch(pool, batch.slice(middle)))]
  }
}

async function write(
  client: Pick<PoolClient, 'query'>,
  batch: readonly Writable[],
): Promise<Outcome[]> {
  const events = batch.filter(isEvent)
  await confirmOrders(client, batch.filter(isConfirmation))
  const claims = await claimOrders(client, events.filter(isPurchase))
  const mayEnter = (event: NewEvent) => !isPurchase(event) || claims.get(event) === 'mine'
  const inserted = await insertEvents(client, events.filter(mayEnter))
  return batch.map((writable) => {
    if (!isEvent(writable)) return 'accepted'
    if (isPurchase(writable) && claims.get(writable) === 'taken') return 'order_taken'
    return inserted.has(writable) ? 'accepted' : 'duplicate'
  })
}

/** Wrong data (22), a broken rule (23) or a value over a limit (54): sending it again changes nothing. */
function isDataError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(22|23|54)/.test(String(error.code))
}
