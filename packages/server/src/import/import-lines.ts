/**
 * Imports a stream of NDJSON:
 * 1. Lines are read a thousand at once, never more than can be written meanwhile.
 * 2. Each event is checked as one that a server sends, and written past the queue of live ones.
 * 3. Four lots may be on their way, so that both connections have one to write while others are read; what
 *    became of each is told, in order, as soon as it is committed.
 */
import type { ImportProgress, ImportSummary } from '@weir/contract'
import type { Sender } from '../ingest/check-event.ts'
import { type Intake, ingest } from '../ingest/ingest.ts'
import { isDatabaseAway } from '../problems.ts'
import { parseLine } from './parse-line.ts'
import { type Lines, MOST_OF_LINE, readLines } from './read-lines.ts'

const TOO_LONG = `has over ${MOST_OF_LINE} characters; an event has at most 32 KB`
const LOTS_AT_ONCE = 4
const LOOK_AT_WEAVER_EVERY = 20

export interface Importing {
  intake: Intake
  sender: Sender
  /** Returns when the next lot may be written. */
  waitForWeaver(): Promise<void>
}

export async function* importLines(
  stream: AsyncIterable<Buffer>,
  importing: Importing,
): AsyncGenerator<ImportProgress | ImportSummary> {
  const sum: ImportSummary = { done: false, lines: 0, accepted: 0, duplicates: 0, rejected: 0 }
  const under_way: Promise<ImportProgress>[] = []
  const lines = readLines(stream)
  let reading: Promise<IteratorResult<Lines>> | null = heard(lines.next())
  try {
    for (let lots = 0; reading || under_way.length > 0; ) {
      const isFull = under_way.length >= LOTS_AT_ONCE
      const next: IteratorResult<Lines> | ImportProgress = await Promise.race([
        ...under_way.slice(0, 1),
        ...(reading && !isFull ? [reading] : []),
      ])
      if ('first_line' in next) {
        under_way.shift()
        add(sum, next)
        yield next
      } else if (next.done) {
        reading = null
      } else {
        if (lots++ % LOOK_AT_WEAVER_EVERY === 0) await importing.waitForWeaver()
        under_way.push(heard(importLot(next.value, importing)))
        reading = heard(lines.next())
      }
    }
    yield { ...sum, done: true }
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    const detail = 'The database cannot be reached; import the same again later.'
    yield { ...sum, error: { code: 'unavailable', detail } }
  }
}

/** Whoever waits for it hears of its failure; nobody may be left to. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

function add(sum: ImportSummary, progress: ImportProgress): void {
  sum.lines = progress.last_line
  sum.accepted += progress.accepted
  sum.duplicates += progress.duplicates
  sum.rejected += progress.rejected.length
}

async function importLot(
  { first, lines }: Lines,
  { intake, sender }: Importing,
): Promise<ImportProgress> {
  const numbers: number[] = []
  const events: unknown[] = []
  const rejected: ImportProgress['rejected'] = []
  for (const [place, line] of lines.entries()) {
    if (line.trim() === '') continue
    if (line.length > MOST_OF_LINE) {
      rejected.push({ line: first + place, code: 'event_too_large', message: TOO_LONG })
      continue
    }
    try {
      events.push(parseLine(line))
      numbers.push(first + place)
    } catch {
      rejected.push({ line: first + place, code: 'invalid_json', message: 'is no JSON' })
    }
  }
  const receipt = await ingest(intake, { events }, sender, 0)
  for (const { index, ...why } of receipt.rejected) {
    rejected.push({ line: numbers[index] ?? first, ...why })
  }
  return {
    first_line: first,
    last_line: first + lines.length - 1,
    accepted: receipt.accepted,
    duplicates: receipt.duplicates,
    rejected: rejected.toSorted((a, b) => a.line - b.line),
    texts_cut: receipt.warnings.length,
  }
}
