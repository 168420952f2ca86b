/**
 * Answers questions from timelines, all threads on one question after the other:
 * 1. The question is pinned: one number of a weave, one list of batches that are not woven yet.
 * 2. The visitors are cut into ranges by how much there is to read.
 * 3. Every thread takes ranges until none is left; what they counted is merged.
 * A batch of the list that changed meanwhile (an event left it) means: pin again.
 */
import { columnsOf, type FunnelTally, foldAll } from '@weir/timeline'
import type { Pool } from 'pg'
import { ProblemError } from '../problems.ts'
import { pin } from './pin.ts'
import { foldOf, type Report } from './report.ts'
import type { Counted } from './scan-ranges.ts'
import { type Answer, startThread } from './thread.ts'

export interface Scan {
  /** What each report counted, in their order: one tally for a funnel, one for each bucket of a trend. */
  count(
    site_id: number,
    reports: Report[],
    read: { from: number; until: number },
  ): Promise<FunnelTally[][]>
  close(): Promise<void>
}

const DAY_MS = 86_400_000
const EVENTS_A_RANGE = 160_000
const MOST_RANGES = 256
const MOST_WAITING = 64
const TRIES = 5

export function openScan(pool: Pool, url: string, threads: number): Scan {
  const crew = Array.from({ length: threads }, () => startThread(url))
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()

  async function count(
    site_id: number,
    reports: Report[],
    read: { from: number; until: number },
  ): Promise<FunnelTally[][]> {
    if (waiting >= MOST_WAITING) {
      const headers = { 'retry-after': '2' }
      throw new ProblemError('unavailable', 'Too many questions wait already.', { headers })
    }
    waiting++
    const mine = last.then(() => countNow(site_id, reports, read))
    last = mine.catch(() => undefined).finally(() => waiting--)
    return mine
  }

  async function countNow(
    site_id: number,
    reports: Report[],
    read: { from: number; until: number },
  ) {
    const days = { first: Math.floor(read.from / DAY_MS), last: Math.floor(read.until / DAY_MS) }
    const columns = [...new Set(reports.flatMap(({ funnel }) => columnsOf(funnel)))]
    const fold = foldAll(reports.map(foldOf))
    for (let attempt = 1; ; attempt++) {
      const pinned = await pin(pool, site_id, days)
      const ranges = rangesFor(pinned.events)
      const task = { pin: pinned, reports, columns, ranges, next: new SharedArrayBuffer(4) }
      const answers = await Promise.all(crew.slice(0, ranges).map((thread) => thread.ask(task)))
      const counted = countedOf(answers)
      if (counted) return counted.reduce(fold.merge, fold.start())
      if (attempt === TRIES)
        throw new ProblemError('unavailable', 'The events of this question keep changing.')
    }
  }

  return {
    count,
    async close() {
      await last
      await Promise.all(crew.map((thread) => thread.end()))
    },
  }
}

/** Null where the question must be pinned again. */
function countedOf(answers: readonly Answer[]): Counted[] | null {
  const counted: Counted[] = []
  for (const answer of answers) {
    if ('counted' in answer) counted.push(answer.counted)
    else if (answer.failed.tail_changed) return null
    else throw Object.assign(new Error(answer.failed.message), { code: answer.failed.code })
  }
  return counted
}

function rangesFor(events: number): number {
  let ranges = 1
  while (ranges < MOST_RANGES && events / ranges > EVENTS_A_RANGE) ranges *= 2
  return ranges
}
