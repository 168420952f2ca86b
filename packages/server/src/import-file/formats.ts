import { ga4Event } from './ga4.ts'
import { readCsv } from './read-csv.ts'
import { readNdjson } from './read-ndjson.ts'
import type { FileRecord, Reading } from './record.ts'
import { segmentEvent } from './segment.ts'

type Stream = AsyncIterable<Buffer>

/** How each kind of file becomes events. A record stands for itself, in order: resuming counts them. */
export const FORMATS = {
  ndjson: (stream: Stream) => readNdjson(stream, (row) => row),
  csv: (stream: Stream, reading: Reading) => readCsv(stream, reading),
  ga4: (stream: Stream) => readNdjson(stream, ga4Event),
  segment: (stream: Stream) => readNdjson(stream, segmentEvent),
} as const satisfies Record<string, (stream: Stream, reading: Reading) => AsyncIterable<FileRecord>>

export type Format = keyof typeof FORMATS
