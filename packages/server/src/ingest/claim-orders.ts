import type { PoolClient } from 'pg'
import type { Confirmation, NewEvent } from './check-event.ts'

/** A purchase that names its order. */
export type Purchase = NewEvent & { order_id: string }

export type Claim = 'mine' | 'duplicate' | 'taken'

interface OrderRow {
  site_id: number
  order_id: string
  visitor_id: string | null
  event_id: string | null
  by_server: boolean
}

const CLAIM = `
insert into orders (site_id, order_id, visitor_id, event_id, by_server)
select *
from unnest($1::integer[], $2::text[], $3::text[], $4::uuid[], $5::boolean[])
  as claim (site_id, order_id, visitor_id, event_id, by_server)
order by site_id, order_id
on conflict do nothing
returning site_id, order_id`

// All at once: one by one, 500 purchases that come again would hold up everybody's commit. Sorted, as claims are.
const LOCK = `
select site_id, order_id, visitor_id, event_id, by_server
from orders
where (site_id, order_id) in (select * from unnest($1::integer[], $2::text[]))
order by site_id, order_id
for update`

const HAND_OVER = `
update orders
set visitor_id = $3, event_id = $4, by_server = $5
where site_id = $1 and order_id = $2`

// The replaced event has arrived all the same. It leaves the ledger's count too, or its batch would look short for ever. The batch's
// row decides who was first: a weave that has taken it is waited for, and the event noted as to be
// dropped; one that is still reading finds another count, and reads again.
const REMOVE = `
with removed as (
  delete from events
  where site_id = $1 and visitor_id = $2 and event_id = $3
  returning batch_id, site_id, visitor_id, at, name, stream, seq
),
aside as (
  insert into set_aside (site_id, stream, seq, visitor_id, at)
  select site_id, stream, seq, visitor_id, at
  from removed
  where stream is not null and seq is not null
  on conflict do nothing
),
ledger as (
  update batches
  set events = events - 1
  where batch_id in (select batch_id from removed)
  returning batch_id, woven
)
insert into removals (site_id, visitor_id, at, name, order_id)
select site_id, visitor_id, at, name, $4
from removed
join ledger using (batch_id)
where woven is not null`

const CONFIRM = `
insert into orders (site_id, order_id, by_server, confirmed_at)
select site_id, order_id, true, now()
from unnest($1::integer[], $2::text[]) as confirmed (site_id, order_id)
order by site_id, order_id
on conflict (site_id, order_id) do update
set confirmed_at = coalesce(orders.confirmed_at, excluded.confirmed_at)`

const nameOf = (order: { site_id: number; order_id: string }) =>
  `${order.site_id} ${order.order_id}`

/**
 * An order id gives at most one event, for ever:
 * 1. Orders that nobody claimed before are claimed, sorted, in one statement.
 * 2. Of the others, the same event again is a retry; an order only the server knew goes to its first
 *    event; a server's event replaces a page's claim; the same visitor again is a duplicate (a
 *    thank-you page comes back); another visitor is refused.
 */
export async function claimOrders(
  client: Pick<PoolClient, 'query'>,
  purchases: readonly Purchase[],
): Promise<Map<Purchase, Claim>> {
  const claims = new Map<Purchase, Claim>()
  // Of several in one commit, the server's comes first: it would replace the page's anyway.
  const ordered = purchases.toSorted((a, b) => Number(b.by_server) - Number(a.by_server))
  const first = new Map<string, Purchase>()
  for (const purchase of ordered) {
    if (!first.has(nameOf(purchase))) first.set(nameOf(purchase), purchase)
  }
  const wanted = [...first.values()]
  if (wanted.length === 0) return claims
  const { rows } = await client.query<{ site_id: number; order_id: string }>({
    name: 'claim-orders',
    text: CLAIM,
    values: [
      wanted.map(({ site_id }) => site_id),
      wanted.map(({ order_id }) => order_id),
      wanted.map(({ visitor_id }) => visitor_id),
      wanted.map(({ event_id }) => event_id),
      wanted.map(({ by_server }) => by_server),
    ],
  })
  const won = new Set(rows.map(nameOf))
  const contested: Purchase[] = []
  for (const purchase of ordered) {
    if (won.has(nameOf(purchase)) && first.get(nameOf(purchase)) === purchase) {
      claims.set(purchase, 'mine')
    } else contested.push(purchase)
  }
  const orders = await lockOrders(client, contested)
  for (const purchase of contested) {
    const order = orders.get(nameOf(purchase))
    if (!order) throw new Error(`the order ${purchase.order_id} was there a moment ago`)
    claims.set(purchase, await contest(client, purchase, order))
  }
  return claims
}

async function lockOrders(
  client: Pick<PoolClient, 'query'>,
  purchases: readonly Purchase[],
): Promise<Map<string, OrderRow>> {
  const distinct = [...new Map(purchases.map((purchase) => [nameOf(purchase), purchase])).values()]
  if (distinct.length === 0) return new Map()
  const { rows } = await client.query<OrderRow>({
    name: 'lock-orders',
    text: LOCK,
    values: [distinct.map(({ site_id }) => site_id), distinct.map(({ order_id }) => order_id)],
  })
  return new Map(rows.map((order) => [nameOf(order), order]))
}

/** Settles whose order it is, and leaves `order` as it is then. */
async function contest(
  client: Pick<PoolClient, 'query'>,
  { site_id, order_id, visitor_id, event_id, by_server }: Purchase,
  order: OrderRow,
): Promise<Claim> {
  if (order.event_id === event_id && order.visitor_id === visitor_id) return 'mine'
  const replaces = order.event_id !== null && by_server && !order.by_server
  if (replaces) await client.query(REMOVE, [site_id, order.visitor_id, order.event_id, order_id])
  if (replaces || order.event_id === null) {
    await client.query(HAND_OVER, [site_id, order_id, visitor_id, event_id, by_server])
    Object.assign(order, { visitor_id, event_id, by_server })
    return 'mine'
  }
  return order.visitor_id === visitor_id ? 'duplicate' : 'taken'
}

/** Notes that the shop's server vouches for these orders, before or after the page's own events. */
export async function confirmOrders(
  client: Pick<PoolClient, 'query'>,
  confirmations: readonly Confirmation[],
): Promise<void> {
  const distinct = [...new Map(confirmations.map((order) => [nameOf(order), order])).values()]
  if (distinct.length === 0) return
  await client.query({
    name: 'confirm-orders',
    text: CONFIRM,
    values: [distinct.map(({ site_id }) => site_id), distinct.map(({ order_id }) => order_id)],
  })
}
