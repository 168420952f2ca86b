import type { Properties, PropertyValue, SentEvent } from '@weir/contract'
import { isRecord, type JsonRecord } from '../ingest/record.ts'
import { isFlat, recordOf, textOf } from './loose.ts'
import { nameFor } from './names.ts'
import { type FileRecord, UnreadableRecord } from './record.ts'

const PROPERTIES: Record<string, string> = {
  name: 'product_name',
  revenue: 'value',
  total: 'total',
}

/**
 * A Segment call as JSON: `track` and `page`; others are no events.
 * Source: segment.com/docs/connections/spec
 */
export function segmentEvent(row: JsonRecord): FileRecord {
  if (row.type !== 'track' && row.type !== 'page') return null
  const visitor_id = textOf(row.anonymousId) ?? textOf(row.userId)
  if (!visitor_id) return new UnreadableRecord('has neither anonymousId nor userId')
  const at = textOf(row.timestamp) ?? textOf(row.originalTimestamp) ?? textOf(row.receivedAt)
  const id = textOf(row.messageId)
  const event: Partial<SentEvent> = {
    name: row.type === 'page' ? 'view' : nameFor(textOf(row.event) ?? ''),
    visitor_id: visitor_id.replace(/[^A-Za-z0-9_.:-]/g, '_').slice(0, 64),
    properties: propertiesOf(recordOf(row.properties), textOf(row.userId)),
    context: contextOf(recordOf(row.context)),
  }
  if (at) event.at = at
  if (id) event.id = id
  return event
}

function propertiesOf(sent: JsonRecord, member_id: string | undefined): Properties {
  const { products, ...own } = sent
  const properties: Properties = { ...flatOf(own) }
  if (member_id) properties.member_id = member_id
  if (Array.isArray(products)) properties.items = products.filter(isRecord).map(flatOf)
  return properties
}

function flatOf(sent: JsonRecord): Record<string, PropertyValue> {
  const flat: Record<string, PropertyValue> = {}
  for (const [name, value] of Object.entries(sent)) {
    if (isFlat(value)) flat[PROPERTIES[name] ?? name] = value
  }
  return flat
}

function contextOf(context: JsonRecord): NonNullable<SentEvent['context']> {
  const page = recordOf(context.page)
  const from = {
    url: page.url,
    referrer: page.referrer,
    title: page.title,
    time_zone: context.timezone,
    language: context.locale,
    user_agent: context.userAgent,
  }
  return Object.fromEntries(
    Object.entries(from).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
