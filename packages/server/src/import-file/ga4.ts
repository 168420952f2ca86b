import type { Properties, PropertyValue, SentEvent } from '@weir/contract'
import { isRecord, type JsonRecord } from '../ingest/record.ts'
import { isFlat, recordOf, textOf } from './loose.ts'
import { nameFor } from './names.ts'
import { type FileRecord, UnreadableRecord } from './record.ts'

/** Parameters that are GA4's own business, or stand elsewhere on the event. */
const LEFT_OUT = /^(ga_|engagement_|session_engaged|page_|batch_|firebase_|debug_mode)/

/**
 * A row of the BigQuery export of GA4 (`events_YYYYMMDD`, as JSON lines). It has no id: equal events of
 * one visitor and microsecond are told apart by their place among all equal ones.
 * Source: support.google.com/analytics/answer/7029846
 */
export function ga4Event(row: JsonRecord): FileRecord {
  const visitor_id = textOf(row.user_pseudo_id)
  const micros = Number(row.event_timestamp)
  if (!visitor_id) return new UnreadableRecord('has no user_pseudo_id: consent was not given')
  if (!Number.isFinite(micros)) return new UnreadableRecord('has no event_timestamp')
  const parameters = parametersOf(row.event_params)
  const ecommerce = recordOf(row.ecommerce)
  const items = itemsOf(row.items)
  const [first] = items
  const properties: Properties = {}
  for (const [name, value] of parameters) if (!LEFT_OUT.test(name)) properties[name] = value
  const order_id = textOf(ecommerce.transaction_id) ?? parameters.get('transaction_id')
  if (order_id !== undefined && order_id !== '(not set)') properties.order_id = order_id
  delete properties.transaction_id
  if (typeof ecommerce.purchase_revenue === 'number') properties.value = ecommerce.purchase_revenue
  if (items.length === 1 && first) Object.assign(properties, first)
  if (items.length > 1) properties.items = items
  return {
    name: nameFor(textOf(row.event_name) ?? ''),
    visitor_id: visitor_id.replace(/[^A-Za-z0-9_.:-]/g, '_').slice(0, 64),
    at: Math.floor(micros / 1_000),
    // Part of what tells equal events apart.
    seq: micros % 1_000,
    properties: { ...properties, ...deviceOf(row) },
    context: contextOf(row, parameters),
  }
}

function parametersOf(list: unknown): Map<string, PropertyValue> {
  const parameters = new Map<string, PropertyValue>()
  for (const { key, value } of Array.isArray(list) ? list.filter(isRecord) : []) {
    if (typeof key !== 'string' || !isRecord(value)) continue
    const found = value.string_value ?? value.int_value ?? value.double_value ?? value.float_value
    // BigQuery writes 64-bit whole numbers as text.
    const isWhole = value.string_value == null && value.int_value != null
    if (isFlat(found)) parameters.set(key, isWhole ? Number(found) : found)
  }
  return parameters
}

function itemsOf(list: unknown): Record<string, PropertyValue>[] {
  return (Array.isArray(list) ? list.filter(isRecord) : []).map((item) => {
    const named = {
      product_id: item.item_id,
      product_name: item.item_name,
      category: item.item_category,
      brand: item.item_brand,
      variant: item.item_variant,
      price: item.price,
      quantity: item.quantity == null ? undefined : Number(item.quantity),
    }
    return Object.fromEntries(
      Object.entries(named).filter(
        (entry): entry is [string, PropertyValue] => isFlat(entry[1]) && entry[1] !== '(not set)',
      ),
    )
  })
}

function deviceOf(row: JsonRecord): Properties {
  const device = recordOf(row.device)
  const found = {
    device: textOf(device.category),
    os: textOf(device.operating_system),
    browser: textOf(recordOf(device.web_info).browser),
  }
  const properties: Properties = {}
  for (const [name, value] of Object.entries(found)) if (value) properties[name] = value
  return properties
}

function contextOf(
  row: JsonRecord,
  parameters: Map<string, PropertyValue>,
): NonNullable<SentEvent['context']> {
  const from = {
    url: parameters.get('page_location'),
    referrer: parameters.get('page_referrer'),
    title: parameters.get('page_title'),
    language: recordOf(row.device).language,
  }
  return Object.fromEntries(
    Object.entries(from).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
