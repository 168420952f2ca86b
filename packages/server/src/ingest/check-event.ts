import type { StoredProperties } from '@weir/contract'
import { timeMs } from '../time-ms.ts'
import { checkProperties, type Flat } from './check-properties.ts'
import { type Clocks, isServerTime, pageTime } from './clock-rule.ts'
import { derive } from './derive.ts'
import { givenIdOf, nameOf, orderIdOf, seqOf, streamOf, visitorIdOf } from './event-fields.ts'
import { idFrom, idOfContent, isUuidV7, msOfId } from './event-id.ts'
import { isRecord, type JsonRecord } from './record.ts'
import { Refused } from './refused.ts'

/** An event that may be stored. */
export interface NewEvent {
  site_id: number
  visitor_id: string
  event_id: string
  at: number
  name: string
  stream: string | null
  seq: number | null
  /** What the event says; it wins over what is derived. */
  properties: StoredProperties
  derived: Flat
  /** Both as JSON, no name twice: stored as it is, and read without looking back. */
  json: string
  /** A purchase's, as text. */
  order_id: string | null
  by_server: boolean
}

/** The shop's server says that an order is real, and not whose it is. */
export interface Confirmation {
  site_id: number
  order_id: string
}

interface Derived {
  properties: Flat
  json: string
}

/** What one request says of all its events. */
export interface Sender {
  site_id: number
  /** Sent with a secret key: any time, purchases without a visitor or an order. */
  by_server: boolean
  clocks: Clocks
  /** The site's: where a bare date begins. */
  time_zone: string
  visitor_id: string | null | undefined
  stream: string | null | undefined
  context: JsonRecord
  user_agent: string
  /** What the shared context tells, from the first event on that needs it. */
  derived?: Derived
  /** How many equal events without an id stood before in this body. */
  seen: Map<string, number>
}

const MAX_EVENT_BYTES = 32 * 1024

/**
 * Checks one event on its own and completes it: its id, its time, what is derived. Throws Refused.
 * Fields whose text was too long, and cut, are added to `cut`.
 */
export function checkEvent(sent: unknown, sender: Sender, cut: string[]): NewEvent | Confirmation {
  if (!isRecord(sent)) throw new Refused('event_invalid', '', 'an event must be an object')
  const name = nameOf(sent)
  const properties = checkProperties(sent.properties, cut)
  const order_id = name === 'purchase' ? orderIdOf(properties) : null
  if (name === 'purchase' && order_id === null && !sender.by_server) {
    throw new Refused('order_id_required', 'properties.order_id', 'a purchase needs its order id')
  }
  const visitor_id = visitorIdOf(sent, sender)
  if (visitor_id === null) {
    if (sender.by_server && order_id !== null) return { site_id: sender.site_id, order_id }
    throw new Refused('visitor_id_required', 'visitor_id', 'is required')
  }
  const given = givenIdOf(sent)
  const at = timeOf(sent, given, sender)
  const seq = seqOf(sent)
  const derived = derivedOf(sent, properties, sender)
  return {
    site_id: sender.site_id,
    visitor_id,
    event_id: storedId(sent, { given, visitor_id, name }, sender),
    at,
    name,
    stream: streamOf(sent, sender),
    seq,
    properties,
    derived: derived.properties,
    json: jsonOf(derived, properties),
    order_id,
    by_server: sender.by_server,
  }
}

/** Most events say nothing of where they happened but what their request says of all. */
function derivedOf({ context }: JsonRecord, own: StoredProperties, sender: Sender): Derived {
  sender.derived ??= asDerived(derive(sender.context, sender))
  const derived = isRecord(context)
    ? asDerived(derive({ ...sender.context, ...context }, sender))
    : sender.derived
  if (own.bot !== false) return derived
  // Who says to be none is no bot: a test that drives a headless browser.
  delete own.bot
  const { bot: _, ...others } = derived.properties
  return asDerived(others)
}

const asDerived = (properties: Flat): Derived => ({ properties, json: JSON.stringify(properties) })

/** Joined as text: copying a dozen properties beside an event's own takes five times as long. */
function jsonOf(derived: Derived, own: StoredProperties): string {
  const json = joined(restOf(derived, own), JSON.stringify(own))
  // No character has over three bytes in UTF-8 for one in UTF-16.
  if (json.length * 3 <= MAX_EVENT_BYTES) return json
  const bytes = Buffer.byteLength(json)
  if (bytes <= MAX_EVENT_BYTES) return json
  const message = `${bytes} bytes; the most is ${MAX_EVENT_BYTES}`
  throw new Refused('event_too_large', 'properties', message)
}

/** What is derived, as JSON, without what the event says itself: timelines read no name twice. */
function restOf({ properties, json }: Derived, own: StoredProperties): string {
  if (!Object.keys(own).some((name) => Object.hasOwn(properties, name))) return json
  const rest = Object.entries(properties).filter(([name]) => !Object.hasOwn(own, name))
  return JSON.stringify(Object.fromEntries(rest))
}

function joined(first: string, second: string): string {
  if (first === '{}') return second
  return second === '{}' ? first : `${first.slice(0, -1)},${second.slice(1)}`
}

/** The id as given, if it is a v7; else one made from what was sent, never from a corrected time. */
function storedId(
  sent: JsonRecord,
  event: { given: string | null; visitor_id: string; name: string },
  { seen, time_zone }: Sender,
): string {
  if (event.given !== null && isUuidV7(event.given)) return event.given.toLowerCase()
  const at = timeMs(sent.at, time_zone) ?? 0
  if (event.given !== null) return idFrom(at, `id ${event.given}`)
  const { visitor_id, name } = event
  const { seq, properties } = sent
  return idOfContent(at, { visitor_id, name, at: sent.at, seq, properties }, seen)
}

function timeOf(
  sent: JsonRecord,
  given: string | null,
  { clocks, by_server, time_zone }: Sender,
): number {
  const at = sentTime(sent, given, time_zone) ?? clocks.received
  if (!by_server) return pageTime(at, clocks)
  if (isServerTime(at, clocks)) return at
  throw new Refused('at_out_of_range', 'at', 'must be since 2000, and up to a day ahead')
}

/** `at`, else the time in the id; null where neither tells. */
function sentTime({ at }: JsonRecord, given: string | null, timeZone: string): number | null {
  if (at === undefined || at === null) {
    if (given === null) throw new Refused('at_required', 'at', 'may be missing only with an `id`')
    return isUuidV7(given) ? msOfId(given) : null
  }
  const ms = timeMs(at, timeZone)
  if (ms !== null) return ms
  throw new Refused('at_invalid', 'at', 'must be ISO 8601 with an offset, or ms since 1970')
}
