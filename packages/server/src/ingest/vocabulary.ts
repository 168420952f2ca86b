import { MAX_NAMES, MAX_PROPERTY_NAMES } from '@weir/contract'
import { isSaid } from '@weir/timeline'
import type { Kysely } from 'kysely'
import { extendDictionary, type Name, nameText, readDictionary } from '../db/dictionary.ts'
import type { Database } from '../db/tables.ts'
import type { NewEvent } from './check-event.ts'
import { Refused } from './refused.ts'

/** What this process knows of a site's names; others may have added more meanwhile. */
interface Known {
  /** As texts of Name. */
  codes: Set<string>
  names: Set<string>
  properties: Set<string>
}

export interface Vocabulary {
  /** Resolves to the events that cannot enter, and why; whatever enters has its codes. */
  admit(site_id: number, events: readonly NewEvent[]): Promise<Map<NewEvent, Refused>>
}

const textOf = ({ name, bot, cookieless }: Name) => nameText(name, bot, cookieless)

/** The name under which timelines keep an event. */
export const nameOf = ({ name, properties }: Pick<NewEvent, 'name' | 'properties'>): Name => ({
  name,
  bot: isSaid(properties, 'bot'),
  cookieless: isSaid(properties, 'cookieless'),
})

/** Every property of an event, those of its items included. */
export function propertiesOf({ properties }: Pick<NewEvent, 'properties'>): string[] {
  const { items } = properties
  if (!Array.isArray(items)) return Object.keys(properties)
  const { items: _, ...own } = properties
  return [...Object.keys(own), ...items.flatMap((item) => Object.keys(item))]
}

/** Bounds how many names and properties a site may have, so that each can have a code of its own. */
export function openVocabulary(db: Kysely<Database>): Vocabulary {
  const sites = new Map<number, Known>()

  async function admit(site_id: number, events: readonly NewEvent[]) {
    // What was there once stays: who is known here is known, and a full dictionary stays full.
    const remembered = sites.get(site_id)
    const refused = remembered && refusedBy(events, remembered)
    if (refused) return refused
    return learnAll(site_id, events)
  }

  async function learnAll(site_id: number, events: readonly NewEvent[]) {
    const refused = new Map<NewEvent, Refused>()
    const known = await read(site_id)
    const names = new Map<string, Name>()
    const properties = new Set<string>()
    for (const event of events) {
      const refusal = refusalOf(event, known)
      if (refusal) {
        refused.set(event, refusal)
        continue
      }
      learn(event, known)
      names.set(textOf(nameOf(event)), nameOf(event))
      for (const property of propertiesOf(event)) properties.add(property)
    }
    await extendDictionary(db, site_id, { names: [...names.values()], properties: [...properties] })
    sites.set(site_id, known)
    return refused
  }

  async function read(site_id: number): Promise<Known> {
    const { names, properties } = await readDictionary(db, site_id)
    return {
      codes: new Set(names.map(textOf)),
      names: new Set(names.map(({ name }) => name)),
      properties: new Set(properties.map(({ name }) => name)),
    }
  }

  return { admit }
}

/** Null where an event has something that may be new. */
function refusedBy(events: readonly NewEvent[], known: Known): Map<NewEvent, Refused> | null {
  const refused = new Map<NewEvent, Refused>()
  for (const event of events) {
    if (isKnown(event, known)) continue
    const refusal = refusalOf(event, known)
    if (!refusal) return null
    refused.set(event, refusal)
  }
  return refused
}

function isKnown(event: NewEvent, known: Known): boolean {
  if (!known.codes.has(textOf(nameOf(event)))) return false
  for (const property of propertiesOf(event)) if (!known.properties.has(property)) return false
  return true
}

function refusalOf(event: NewEvent, known: Known): Refused | null {
  if (!known.names.has(event.name) && known.names.size >= MAX_NAMES) {
    return new Refused('too_many_names', 'name', `this site has ${MAX_NAMES} event names already`)
  }
  const fresh = new Set(propertiesOf(event).filter((name) => !known.properties.has(name)))
  if (known.properties.size + fresh.size <= MAX_PROPERTY_NAMES) return null
  const message = `this site has ${MAX_PROPERTY_NAMES} properties already`
  return new Refused('too_many_names', `properties.${[...fresh][0]}`, message)
}

function learn(event: NewEvent, known: Known): void {
  known.codes.add(textOf(nameOf(event)))
  known.names.add(event.name)
  for (const property of propertiesOf(event)) known.properties.add(property)
}
