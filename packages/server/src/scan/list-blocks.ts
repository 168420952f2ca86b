import type { PoolClient } from 'pg'
import { copyRows } from '../db/copy-rows.ts'
import { CORE, type PartPlace } from '../weave/part-rows.ts'
import type { Pin } from './pin.ts'

/** One column of one part, as it stands in the database. */
export interface Block extends PartPlace {
  /** A property's code, CORE, or VISITOR_IDS. */
  property: number
  /** How many events its part has. */
  events: number
  bytes: number
}

/** The cores of all parts of the days, as the weave that the question is pinned to left them, and of their columns those asked for. */
export async function listBlocks(
  client: PoolClient,
  { site_id, weave, days }: Pin,
  properties: readonly number[],
): Promise<Block[]> {
  const rows = await copyRows(
    client,
    `
    select day - date '1970-01-01', weave, slots, slot, property, events, octet_length(data)
    from timelines
    where site_id = ${Number(site_id)}
      and day between date '1970-01-01' + ${Number(days.first)} and date '1970-01-01' + ${Number(days.last)}
      and property in (${[CORE, ...properties].map(Number).join(', ')})
      and weave <= ${Number(weave)}
      and (replaced_by is null or replaced_by > ${Number(weave)})`,
  )
  return rows.map(([day, weave, slots, slot, property, events, bytes]) => {
    if (!day || !weave || !slots || !slot || !property || !events || !bytes)
      throw new Error('a block without its place')
    return {
      day: day.readInt32BE(),
      weave: Number(weave.readBigInt64BE()),
      slots: slots.readInt16BE(),
      slot: slot.readInt16BE(),
      property: property.readInt32BE(),
      events: events.readInt32BE(),
      bytes: bytes.readInt32BE(),
    }
  })
}
