import { pipeline } from 'node:stream'
import type { PropertyValue, SentEvent } from '@weir/contract'
import { parse } from 'csv-parse'
import type { Columns, FileRecord } from './formats.ts'

const OWN = ['id', 'name', 'at', 'visitor_id', 'stream', 'seq'] as const

/**
 * A record a row, under a header. `id`, `name`, `at`, `visitor_id`, `stream` and `seq` are the event's, if
 * need be under the column names of a mapping; a column `properties` is JSON; all others are properties.
 */
export async function* readCsv(
  stream: AsyncIterable<Buffer>,
  columns: Columns,
): AsyncGenerator<FileRecord> {
  const rows = pipeline(
    stream,
    parse({ columns: true, bom: true, skip_empty_lines: true, relax_column_count: true }),
    // Whoever reads the rows is told of an error; that the file was closed after it is none.
    () => undefined,
  )
  for await (const row of rows) yield eventOf(row, columns)
}

function eventOf(row: Record<string, string>, columns: Columns): FileRecord {
  const nameOf = (own: string) => columns[own] ?? own
  const own = new Set(OWN.map(nameOf))
  const properties: Record<string, PropertyValue> = {}
  // A name that the mapping gives to a property's column.
  const given = new Map(Object.entries(columns).map(([name, column]) => [column, name]))
  for (const [column, text] of Object.entries(row)) {
    if (own.has(column) || column === 'properties' || text === '') continue
    properties[given.get(column) ?? column] = propertyOf(text)
  }
  const at = row[nameOf('at')] ?? ''
  const seq = row[nameOf('seq')]
  const event: Partial<SentEvent> = {
    properties: { ...propertiesOf(row.properties), ...properties },
  }
  for (const name of ['id', 'name', 'visitor_id', 'stream'] as const) {
    const text = row[nameOf(name)]
    if (text) event[name] = text
  }
  if (at) event.at = /^\d{12,}$/.test(at) ? Number(at) : at
  if (seq) event.seq = Number(seq)
  return event
}

function propertiesOf(text: string | undefined): Record<string, PropertyValue> {
  try {
    return text ? JSON.parse(text) : {}
  } catch {
    return {}
  }
}

/** Numbers as people write them by machine; `007` and `1e5` stay text: they may be names of something. */
function propertyOf(text: string): PropertyValue {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text) ? Number(text) : text
}
