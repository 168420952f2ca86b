/**
 * Imports a stream of NDJSON:
 * 1. Lines are read a thousand at once, never more than can be written meanwhile.
 * 2. Each event is checked as one that a server sends, and written past the queue of live ones.
 * 3. Two lots are on their way at a time; what became of each is told, in order, after its commit.
 */
import type { ImportProgress, ImportSummary } from '@weir/contract'
import type { Sender } from '../ingest/check-event.ts'
import { type Intake, ingest } from '../ingest/ingest.ts'
import { isDatabaseAway } from '../problems.ts'
import { parseLine } from './parse-line.ts'
import { type Lines, readLines } from './read-lines.ts'

const LOTS_AT_ONCE = 2
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
  const next = async (): Promise<ImportProgress[]> => {
    const progress = await under_way.shift()
    if (!progress) return []
    sum.lines = progress.last_line
    sum.accepted += progress.accepted
    sum.duplicates += progress.duplicates
    sum.rejected += progress.rejected.length
    return [progress]
  }
  try {
    let lots = 0
    for await (const lines of readLines(stream)) {
      if (lots++ % LOOK_AT_WEAVER_EVERY === 0) await importing.waitForWeaver()
      const lot = importLot(lines, importing)
      // Whoever waits for it hears of its failure.
      lot.catch(() => undefined)
      under_way.push(lot)
      if (under_way.length >= LOTS_AT_ONCE) yield* await next()
    }
    while (under_way.length > 0) yield* await next()
    yield { ...sum, done: true }
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    const detail = 'The database cannot be reached; import the same again later.'
    yield { ...sum, error: { code: 'unavailable', detail } }
  }
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
