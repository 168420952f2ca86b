import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../db/in-transaction.ts'
import { errorCode } from '../error-code.ts'
import type { Confirmation, NewEvent } from './check-event.ts'
import { claimOrders, confirmOrders, type Purchase } from './claim-orders.ts'
import { insertEvents } from './insert-events.ts'
import { setAside } from './set-aside.ts'
import { findErased } from './tombstones.ts'

/** What became of one event. Whoever reads it knows that it was committed. */
export type Outcome =
  | 'accepted'
  | 'duplicate'
  | 'order_taken'
  | 'visitor_erased'
  | 'refused_by_database'

export type Writable = NewEvent | Confirmation

const isEvent = (writable: Writable): writable is NewEvent => 'event_id' in writable
const isConfirmation = (writable: Writable): writable is Confirmation => !isEvent(writable)
/** Claims or confirms an order. */
const isAboutOrders = (writable: Writable) => writable.order_id !== null
const isPurchase = (event: NewEvent): event is Purchase => event.order_id !== null

/**
 * Writes events in one transaction; what it returns is on disk. An event that Postgres cannot hold
 * must not harm its neighbours: a batch refused for its data is halved until the culprit stands alone.
 */
export async function writeBatch(
  pool: Pool,
  batch: readonly Writable[],
  again = false,
): Promise<Outcome[]> {
  try {
    // One statement is a transaction already: most batches are spared two round trips.
    if (!batch.some(isAboutOrders)) return await write(pool, batch)
    return await inTransaction(pool, (client) => write(client, batch))
  } catch (error) {
    if (isMoved(error) && !again) return writeBatch(pool, batch, true)
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
  const erased: Set<Writable> = await findErased(client, batch.filter(isAboutOrders))
  const isLeft = (writable: Writable) => !erased.has(writable)
  await confirmOrders(client, batch.filter(isConfirmation).filter(isLeft))
  const purchases = events.filter(isPurchase).filter(isLeft)
  const claims = await claimOrders(client, purchases)
  await setAside(
    client,
    purchases.filter((purchase) => claims.get(purchase) === 'duplicate'),
  )
  const mayEnter = (event: NewEvent) => !isPurchase(event) || claims.get(event) === 'mine'
  const inserted = await insertEvents(client, events.filter(mayEnter))
  const others = events.filter((event) => mayEnter(event) && !inserted.has(event))
  for (const event of await findErased(client, others)) erased.add(event)
  return batch.map((writable) => {
    if (erased.has(writable)) return isEvent(writable) ? 'visitor_erased' : 'accepted'
    if (!isEvent(writable)) return 'accepted'
    if (isPurchase(writable) && claims.get(writable) === 'taken') return 'order_taken'
    return inserted.has(writable) ? 'accepted' : 'duplicate'
  })
}

/** A month was made after its rows' place was looked up: the same again finds the new one. */
const isMoved = (error: unknown): boolean => errorCode(error) === '23514'

/** Wrong data (22), a broken rule (23) or a value over a limit (54): sending it again changes nothing. */
const isDataError = (error: unknown): boolean => /^(22|23|54)/.test(errorCode(error) ?? '')
