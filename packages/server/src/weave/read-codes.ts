import type { CodeOf, EventName } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { nameText } from '../db/dictionary.ts'

/** A site's dictionary, as weaving and scanning use it. Plain data: it goes from thread to thread. */
export interface Codes {
  /** By code. */
  names: EventName[]
  ofProperty: Map<string, number>
}

/** Every name and property had its code before its first event was stored. */
export async function readCodes(client: PoolClient, site_id: number): Promise<Codes> {
  const names = await client.query<EventName>(
    'select name, bot, cookieless from names where site_id = $1 order by code',
    [site_id],
  )
  const properties = await client.query<{ code: number; name: string }>(
    'select code, name from properties where site_id = $1',
    [site_id],
  )
  return {
    names: names.rows,
    ofProperty: new Map(properties.rows.map(({ code, name }) => [name, code])),
  }
}

/** Looks names up. */
export function codeOfName({ names }: Codes): CodeOf {
  const codes = new Map(
    names.map(({ name, bot, cookieless }, code) => [nameText(name, bot, cookieless), code]),
  )
  return (name, bot, cookieless) => {
    const code = codes.get(nameText(name, bot, cookieless))
    if (code === undefined) throw new Error(`the event name ${name} has no code`)
    return code
  }
}
