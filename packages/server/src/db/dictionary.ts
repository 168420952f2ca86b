import { STANDARD_NAMES, STANDARD_PROPERTIES } from '@weir/contract'
import { AMOUNT } from '@weir/timeline'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** An event's name as timelines know it: a bot's `view` is another one than a person's. */
export interface Name {
  name: string
  bot: boolean
  cookieless: boolean
}

/** One text for each name: two that differ in any way have different ones. */
export const nameText = (name: string, bot: boolean, cookieless: boolean): string =>
  `${bot ? 'b' : ''}${cookieless ? 'c' : ''} ${name}`

/** The names and properties that a site has used so far, with their codes. */
export interface Dictionary {
  names: (Name & { code: number })[]
  properties: { name: string; code: number }[]
}

export async function readDictionary(db: Kysely<Database>, site_id: number): Promise<Dictionary> {
  const [names, properties] = await Promise.all([
    db
      .selectFrom('names')
      .select(['code', 'name', 'bot', 'cookieless'])
      .where('site_id', '=', site_id)
      .orderBy('code')
      .execute(),
    db
      .selectFrom('properties')
      .select(['code', 'name'])
      .where('site_id', '=', site_id)
      .orderBy('code')
      .execute(),
  ])
  return { names, properties }
}

/** Gives codes to what has none yet; standard names and properties have theirs from the start. */
export async function extendDictionary(
  db: Kysely<Database>,
  site_id: number,
  wanted: { names: readonly Name[]; properties: readonly string[] },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Codes are given out one after the other.
    await sql`select pg_advisory_xact_lock(hashtext('weir dictionary'), ${site_id})`.execute(trx)
    const people = STANDARD_NAMES.map((name) => ({ name, bot: false, cookieless: false }))
    await addNames(trx, site_id, [...people, ...wanted.names])
    await addProperties(trx, site_id, [...STANDARD_PROPERTIES, AMOUNT, ...wanted.properties])
  })
}

const addNames = (trx: Transaction<Database>, site_id: number, names: readonly Name[]) =>
  sql`
  insert into names (site_id, code, name, bot, cookieless)
  select ${site_id}, taken.codes + row_number() over (order by place) - 1, name, bot, cookieless
  from unnest(
    ${names.map(({ name }) => name)}::text[],
    ${names.map(({ bot }) => bot)}::boolean[],
    ${names.map(({ cookieless }) => cookieless)}::boolean[]
  ) with ordinality as wanted (name, bot, cookieless, place),
  (select count(*) as codes from names where site_id = ${site_id}) as taken
  where not exists (
    select from names as known
    where known.site_id = ${site_id}
      and (known.name, known.bot, known.cookieless) = (wanted.name, wanted.bot, wanted.cookieless)
  )`.execute(trx)

const addProperties = (
  trx: Transaction<Database>,
  site_id: number,
  properties: readonly string[],
) =>
  sql`
  insert into properties (site_id, code, name)
  select ${site_id}, taken.codes + row_number() over (order by place), name
  from unnest(${[...properties]}::text[]) with ordinality as wanted (name, place),
  (select count(*) as codes from properties where site_id = ${site_id}) as taken
  where not exists (
    select from properties as known
    where known.site_id = ${site_id} and known.name = wanted.name
  )`.execute(trx)
