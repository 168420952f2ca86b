import { STANDARD_NAMES, STANDARD_PROPERTIES } from '@weir/contract'
import type { Kysely } from 'kysely'
import { readDictionary } from '../db/dictionary.ts'
import type { Database } from '../db/tables.ts'
import { closest } from '../text/closest.ts'

/** What a question names. */
export interface Named {
  events: readonly string[]
  properties: readonly string[]
}

/**
 * A sentence for each name in a question that the site has never sent: nothing has it, so a misspelt one
 * counts nobody, without an error. Standard names may still come, and are never warned of.
 */
export async function warningsOf(
  db: Kysely<Database>,
  site_id: number,
  { events, properties }: Named,
): Promise<string[]> {
  const isOdd = (standard: readonly string[]) => (name: string) => !standard.includes(name)
  const oddEvents = events.filter(isOdd(['*', ...STANDARD_NAMES]))
  const oddProperties = properties.filter(isOdd(['bot', 'cookieless', ...STANDARD_PROPERTIES]))
  if (oddEvents.length + oddProperties.length === 0) return []
  const known = await readDictionary(db, site_id)
  return [
    ...unknown(oddEvents, [...STANDARD_NAMES, ...known.names.map(({ name }) => name)]).map(
      ({ name, hint }) => `No event \`${name}\` has ever come.${hint}`,
    ),
    ...unknown(oddProperties, [
      ...STANDARD_PROPERTIES,
      ...known.properties.map(({ name }) => name),
    ]).map(({ name, hint }) => `No event has ever had a property \`${name}\`.${hint}`),
  ]
}

function unknown(names: readonly string[], known: readonly string[]) {
  return [...new Set(names)]
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = closest(name, known)
      return { name, hint: meant === undefined ? '' : ` Did you mean \`${meant}\`?` }
    })
}
