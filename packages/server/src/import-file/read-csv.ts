import { pipeline } from 'node:stream'
import type { PropertyValue, SentEvent } from '@weir/contract'
import { parse } from 'csv-parse'
import { checkHeader } from './check-header.ts'
import { type FileRecord, type Reading, UnreadableRecord } from './record.ts'
import { timeOf } from './time-of.ts'

/** Where `;` parts the columns, the decimal sign is a comma: that is why. */
const COMMA = /^(-?\d+),(\d+)$/

const OWN = ['id', 'name', 'at', 'visitor_id', 'stream', 'seq'] as const

/**
 * A record a row, under a header unless the reading names the columns; parted by commas, semicolons or tabs. `id`, `name`, `at`, `visitor_id`, `stream` and `seq` are the event's, if
 * need be under the column names of a mapping; a column `properties` is JSON; all others are properties.
 */
export async function* readCsv(
  stream: AsyncIterable<Buffer>,
  reading: Reading,
): AsyncGenerator<FileRecord> {
  const chunks = stream[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done) return
  const delimiter = delimiterOf(first.value.toString())
  const rows = pipeline(
    withFirst(first.value, chunks),
    parse({
      delimiter,
      columns: reading.columns.header ? named(reading) : (header) => checked(header, reading),
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }),
    // Whoever reads the rows is told of an error; that the file was closed after it is none.
    () => undefined,
  )
  for await (const row of rows) yield eventOf(row, reading, delimiter === ';')
}

function checked(header: string[], { columns }: Reading): string[] {
  checkHeader(header, columns)
  return header
}

/** An empty name leaves its column out. */
function named({ columns }: Reading): (string | false)[] {
  const header = columns.header ?? []
  checkHeader(header, columns)
  return header.map((column) => column || false)
}

async function* withFirst(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let at: IteratorResult<Buffer> = { value: first }; !at.done; at = await rest.next()) {
    yield at.value
  }
}

/** The one that the header has most of. */
function delimiterOf(text: string): string {
  const [header = ''] = text.replaceAll(/"[^"]*"/g, '').split('\n', 1)
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}

function eventOf(
  row: Record<string, string>,
  { columns, ...times }: Reading,
  commas: boolean,
): FileRecord {
  const { map = {}, rename = {} } = columns
  const nameOf = (own: string) => map[own] ?? own
  const own = new Set(OWN.map(nameOf))
  const properties: Record<string, PropertyValue> = {}
  // A name that the mapping gives to a property's column.
  const given = new Map(Object.entries(map).map(([name, column]) => [column, name]))
  for (const [column, text] of Object.entries(row)) {
    if (own.has(column) || column === 'properties' || text === '') continue
    properties[given.get(column) ?? column] = propertyOf(
      commas ? text.replace(COMMA, '$1.$2') : text,
    )
  }
  const at = timeOf(row[nameOf('at')] ?? '', times)
  if (at instanceof UnreadableRecord) return at
  const seq = row[nameOf('seq')]
  const event: Partial<SentEvent> = {
    properties: { ...propertiesOf(row.properties), ...properties },
  }
  for (const name of ['id', 'name', 'visitor_id', 'stream'] as const) {
    const text = row[nameOf(name)]
    if (text) event[name] = text
  }
  const name = event.name ?? columns.event
  if (name !== undefined) event.name = rename[name] ?? name
  if (at !== '') event.at = at
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
