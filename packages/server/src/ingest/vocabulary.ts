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

type Said = Pick<NewEvent, 'properties' | 'derived'>

/** The name under which timelines keep an event. */
export const nameOf = ({ name, ...said }: Said & Pick<NewEvent, 'name'>): Name => ({
  name,
  bot: says(said, 'bot'),
  cookieless: says(said, 'cookieless'),
})

/** As timelines see it; but almost no event has anything to look at. */
const says = ({ properties, derived }: Said, name: 'bot' | 'cookieless'): boolean =>
  (name in properties || name in derived || 'items' in properties) &&
  isSaid({ ...derived, ...properties }, name)

/** Every property of an event, those of its items included. */
export function propertiesOf({ properties, derived }: Said): string[] {
  const { items, ...own } = properties
  const inItems = Array.isArray(items) ? items.flatMap((item) => Object.keys(item)) : []
  return [...Object.keys(derived), ...Object.keys(own), ...inItems]
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

function isKnown(event: NewEvent, { codes, properties }: Known): boolean {
  if (!codes.has(textOf(nameOf(event)))) return false
  // Without a list of them all: this looks at every event that comes.
  for (const name in event.derived) if (!properties.has(name)) return false
  for (const name in event.properties) {
    if (!properties.has(name) && name !== 'items') return false
  }
  const { items } = event.properties
  return !Array.isArray(items) || propertiesOf(event).every((name) => properties.has(name))
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
