import { parseLine } from '../import/parse-line.ts'
import { readLines } from '../import/read-lines.ts'
import { isRecord, type JsonRecord } from '../ingest/record.ts'
import { type FileRecord, UnreadableRecord } from './record.ts'

const NO_JSON = 'is no JSON: a table wants --format csv'
const AN_ARRAY = 'is part of an array: write an object a line, as `jq -c ".[]" FILE` does'

/** A record a line; blank ones are none. */
export async function* readNdjson(
  stream: AsyncIterable<Buffer>,
  eventOf: (row: JsonRecord) => FileRecord,
): AsyncGenerator<FileRecord> {
  for await (const { lines } of readLines(stream)) {
    for (const line of lines) yield recordOf(line, eventOf)
  }
}

function recordOf(line: string, eventOf: (row: JsonRecord) => FileRecord): FileRecord {
  if (line.trim() === '') return null
  try {
    const row = parseLine(line)
    if (isRecord(row)) return eventOf(row)
    return new UnreadableRecord(Array.isArray(row) ? AN_ARRAY : 'is no JSON object')
  } catch {
    return new UnreadableRecord(line.trim() === '[' ? AN_ARRAY : NO_JSON)
  }
}
