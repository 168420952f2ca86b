/**
 * Imports a file through the API:
 * 1. Its records become lines of NDJSON; one that is no event is a blank line, so that both count alike.
 * 2. They are sent as one request, no faster than the server takes them; its answers come meanwhile.
 * 3. After each answer it is noted beside the file how far the import is: the next run goes on there.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { addressOf } from '@weir/client'
import { SeenLately } from '../import/seen-lately.ts'
import { FORMATS, type Format } from './formats.ts'
import { endProgress, readProgress, writeProgress } from './progress-file.ts'
import { readAnswer } from './read-answer.ts'
import { type Reading, UnreadableRecord } from './record.ts'
import { newSummary, type Summary } from './summary.ts'
import { withId } from './with-id.ts'

export interface ImportOptions extends Reading {
  file: string
  format: Format
  /** Of a running Weir. */
  url: string
  /** Secret, or an admin's with a site. */
  key: string
  site?: string | undefined
  /** Bytes of the file that were read, of all. */
  onProgress: (read: number, all: number) => void
}

/** The file is not of its format: the same again ends at the same place. */
export class UnreadableFile extends Error {}

/** Throws where it cannot go on; the same again goes on where this ended, unless it is an UnreadableFile. */
export async function importFile(options: ImportOptions): Promise<Summary> {
  const { file, format, columns, zone, url, key, site, onProgress } = options
  const { size, mtimeMs } = await stat(file)
  const what = JSON.stringify({
    ...{ size, mtimeMs, format, columns, zone, url, site },
    key: key.slice(-4),
  })
  const skip = await readProgress(file, what)
  const summary = newSummary(skip)

  const source = createReadStream(file)
  let unreadable: UnreadableFile | null = null
  const lines = Readable.from(linesOf(source, { format, columns, zone, skip }, summary))
  lines.on('error', ({ message }) => {
    unreadable = new UnreadableFile(`The file cannot be read as ${format}: ${message}.`)
  })
  const send = new URL(url).protocol === 'https:' ? secureRequest : request
  const post = send(new URL(addressOf('/v1/import', { site }), url), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
  })
  const sent = pipeline(lines, post)
  const answered = new Promise<void>((resolve, reject) => {
    post.on('error', reject)
    post.on('response', (response) => {
      readAnswer(response, async (progress) => {
        summary.add(progress)
        onProgress(source.bytesRead, size)
        await writeProgress(file, { what, records: skip + progress.last_line })
      }).then(resolve, reject)
    })
  })
  try {
    // An answer that refuses the whole says why; that the connection broke then says nothing.
    await Promise.all([answered, sent.catch(() => answered)])
  } catch (error) {
    // The request breaks off with the file, and says nothing of it.
    throw unreadable ?? error
  } finally {
    post.destroy()
    source.destroy()
  }
  await endProgress(file)
  return summary
}

async function* linesOf(
  source: AsyncIterable<Buffer>,
  { format, skip, ...reading }: Reading & { format: Format; skip: number },
  summary: Summary,
): AsyncGenerator<string> {
  const seen = new SeenLately()
  let number = 0
  let lines = ''
  for await (const record of FORMATS[format](source, reading)) {
    number++
    const isEvent = record !== null && !(record instanceof UnreadableRecord)
    const event = isEvent ? withId(record, seen) : null
    if (number <= skip) continue
    if (record instanceof UnreadableRecord) summary.refuse(number, 'unreadable', record.reason)
    lines += event ? `${JSON.stringify(event)}\n` : '\n'
    if (lines.length < 65_536) continue
    yield lines
    lines = ''
  }
  if (lines) yield lines
}
