/**
 * Imports a file through the API:
 * 1. Its records become lines of NDJSON; one that is no event is a blank line, so that both count alike.
 * 2. They are sent as one request, no faster than the server takes them; its answers come meanwhile.
 * 3. After each answer it is noted beside the file how far the import is: the next run goes on there. Not behind
 *    an event that only the server can give its id: equal ones are counted from where a request begins.
 */
import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { addressOf, WeirError } from '@weir/client'
import { isDate } from '@weir/contract'
import { errorCode } from '../error-code.ts'
import { SeenLately } from '../import/seen-lately.ts'
import { FORMATS, type Format } from './formats.ts'
import { openFile, openPipe, type Source, UnreadableFile } from './open-source.ts'
import { NO_PROGRESS, type Progress, progressBeside } from './progress-file.ts'
import { readAnswer } from './read-answer.ts'
import { type Reading, UnreadableRecord } from './record.ts'
import { newSummary, type Summary } from './summary.ts'
import { withId } from './with-id.ts'

export interface ImportOptions extends Reading {
  /** A path; or a stream, which is read once. */
  file: string | NodeJS.ReadableStream
  format: Format
  /** Of a running Weir. */
  url: string
  /** Secret, or an admin's with a site. */
  key: string
  site?: string | undefined
  /** Bytes of the file that were read, of all. */
  onProgress: (read: number, all: number) => void
}

/**
 * Throws where it cannot go on; the same again goes on where this ended, unless it is an UnreadableFile or
 * a WeirError: nobody there, or the key is none.
 */
export async function importFile(options: ImportOptions): Promise<Summary> {
  const { file, format, columns, zone, dates, url, key, site, onProgress } = options
  const source = typeof file === 'string' ? await openFile(file) : openPipe(file)
  const progress = typeof file === 'string' ? progressOf(file, source, options) : NO_PROGRESS
  const skip = await progress.read()
  const summary = newSummary(skip)

  let unreadable: UnreadableFile | null = null
  const reading = { format, columns, zone, dates, skip, hasUnnamed: false }
  const lines = Readable.from(linesOf(source.stream, reading, summary))
  lines.on('error', ({ message }) => {
    unreadable = new UnreadableFile(`The file cannot be read as ${format}: ${message}.`)
  })
  const send = new URL(url).protocol === 'https:' ? secureRequest : request
  const post = send(new URL(addressOf('/v1/import', { site }), url), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
  })
  // Node keeps them until there is a body; a server does not wait for long, and the first line may take its time.
  post.flushHeaders()
  const sent = pipeline(lines, post)
  const answered = new Promise<void>((resolve, reject) => {
    post.on('error', (error) => reject(nobodyAt(url, error) ?? error))
    post.on('response', (response) => {
      readAnswer(response, async (lot) => {
        summary.add(lot)
        onProgress(source.bytesRead(), source.size)
        if (!reading.hasUnnamed) await progress.write(skip + lot.last_line)
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
    source.close()
  }
  await progress.end()
  return summary
}

function progressOf(file: string, { what }: Source, options: ImportOptions): Progress {
  const { format, columns, zone, dates, url, site, key } = options
  return progressBeside(
    file,
    JSON.stringify({ ...what, format, columns, zone, dates, url, site, key: key.slice(-4) }),
  )
}

/** Null where somebody was there, and went. */
const nobodyAt = (url: string, error: Error): WeirError | null =>
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/.test(
    errorCode(error) ?? '',
  )
    ? new WeirError(`No Weir answers at ${url}.`, null)
    : null

/** Says in `reading` when there was an event that has no id yet. */
async function* linesOf(
  source: AsyncIterable<Buffer>,
  reading: Reading & { format: Format; skip: number; hasUnnamed: boolean },
  summary: Summary,
): AsyncGenerator<string> {
  const { format, skip } = reading
  const seen = new SeenLately()
  let number = 0
  let lines = ''
  for await (const record of FORMATS[format](source, reading)) {
    number++
    const isEvent = record !== null && !(record instanceof UnreadableRecord)
    const event = isEvent ? withId(record, seen) : null
    if (event && event.id === undefined && isDate(String(event.at))) reading.hasUnnamed = true
    if (number <= skip) continue
    if (record instanceof UnreadableRecord) summary.refuse(number, 'unreadable', record.reason)
    lines += event ? `${JSON.stringify(event)}\n` : '\n'
    if (lines.length < 65_536) continue
    yield lines
    lines = ''
  }
  if (lines) yield lines
}
