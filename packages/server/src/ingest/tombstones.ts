import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { Confirmation, NewEvent } from './check-event.ts'

/** What may have been erased: a visitor, or an order of one. */
interface Named {
  site_id: number
  /** As it is digested. */
  text: string
}

const FIND = `
select tombstones.site_id, encode(tombstones.digest, 'hex') as digest
from tombstones
join unnest($1::integer[], $2::text[]) as wanted (site_id, digest)
  on tombstones.site_id = wanted.site_id
  and tombstones.digest = decode(wanted.digest, 'hex')`

/** Of events and confirmed orders, those of a visitor who was erased, or of an order of one. */
export async function findErased<T extends NewEvent | Confirmation>(
  client: Pick<PoolClient, 'query'>,
  sent: readonly T[],
): Promise<Set<T>> {
  if (sent.length === 0) return new Set()
  const named = sent.map((writable) =>
    namesOf(writable).map((name) => [keyOf(name), name] as const),
  )
  const distinct = [...new Map(named.flat()).values()]
  const { rows } = await client.query<{ site_id: number; digest: string }>({
    name: 'find-erased',
    text: FIND,
    values: [distinct.map(({ site_id }) => site_id), distinct.map(digestOf)],
  })
  if (rows.length === 0) return new Set()
  const erased = new Set(rows.map(({ site_id, digest }) => `${site_id} ${digest}`))
  return new Set(
    sent.filter((_, place) =>
      named[place]?.some(([, name]) => erased.has(`${name.site_id} ${digestOf(name)}`)),
    ),
  )
}

function namesOf(writable: NewEvent | Confirmation): Named[] {
  const { site_id, order_id } = writable
  return [
    ...('visitor_id' in writable ? [{ site_id, text: visitorText(writable.visitor_id) }] : []),
    ...(order_id === null ? [] : [{ site_id, text: orderText(order_id) }]),
  ]
}

/** What a visitor's tombstone is the SHA-256 of. */
export const visitorText = (visitor_id: string): string => `visitor ${visitor_id}`
/** And an order's. */
export const orderText = (order_id: string): string => `order ${order_id}`

const keyOf = ({ site_id, text }: Named): string => `${site_id} ${text}`
const digestOf = ({ text }: Named): string => createHash('sha256').update(text).digest('hex')
