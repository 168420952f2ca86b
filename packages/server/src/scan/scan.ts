/**
 * Answers questions from timelines, all threads on one question after the other:
 * 1. The question is pinned: one number of a weave, one list of batches that are not woven yet.
 * 2. The visitors are cut into ranges by how much there is to read.
 * 3. Every thread takes ranges until none is left; what they counted is merged.
 * A batch of the list that changed meanwhile (an event left it) means: pin again. A question that takes
 * too long is given up, and its threads are ended; one that nobody waits for takes no more ranges.
 */
import { columnsOf, type FunnelTally, foldAll } from '@weir/timeline'
import type { Pool } from 'pg'
import { ProblemError, wrongFields } from '../problems.ts'
import { pin } from './pin.ts'
import { foldOf, type Report } from './report.ts'
import type { Counted, Task } from './scan-ranges.ts'
import { type Answer, makeThread } from './thread.ts'
import { unlessAborted } from './unless-aborted.ts'

export interface Scan {
  /**
   * What each report counted, in their order: one tally for a funnel, one for each bucket of a trend.
   * `signal` takes the question back, also while it waits for others.
   */
  count(
    site_id: number,
    reports: Report[],
    read: { from: number; until: number },
    signal?: AbortSignal,
  ): Promise<FunnelTally[][]>
  /** Has the threads ready before the first question. */
  start(): void
  close(): Promise<void>
}

export interface ScanOptions {
  /** How long one question may take, once it is its turn. */
  limit_ms: number
  /** How many events are read at once, about. */
  events_a_range: number
}

const USUAL: ScanOptions = { limit_ms: 30_000, events_a_range: 160_000 }
const DAY_MS = 86_400_000
const MOST_RANGES = 256
const MOST_WAITING = 64
const TRIES = 5

interface Question {
  site_id: number
  reports: Report[]
  read: { from: number; until: number }
}

export function openScan(
  pool: Pool,
  url: string,
  threads: number,
  options: Partial<ScanOptions> = {},
): Scan {
  const crew = Array.from({ length: threads }, () => makeThread(url))
  // Read for every question, so that a test can change them.
  const limits = (): ScanOptions => ({ ...USUAL, ...options })
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()

  async function count(
    site_id: number,
    reports: Report[],
    read: { from: number; until: number },
    signal?: AbortSignal,
  ): Promise<FunnelTally[][]> {
    if (waiting >= MOST_WAITING) {
      const headers = { 'retry-after': '2' }
      throw new ProblemError('unavailable', 'Too many questions wait already.', { headers })
    }
    waiting++
    const mine = last.then(() => countInTime({ site_id, reports, read }, signal))
    last = mine.catch(() => undefined)
    return unlessAborted(mine, signal).finally(() => waiting--)
  }

  /** Ends when nothing of the question is under way any more. */
  async function countInTime(
    question: Question,
    signal: AbortSignal | undefined,
  ): Promise<FunnelTally[][]> {
    let ended: Promise<unknown> | null = null
    const timer = setTimeout(() => {
      ended = Promise.all(crew.map((thread) => thread.end()))
    }, limits().limit_ms)
    try {
      return await countNow(question, () => ended !== null || (signal?.aborted ?? false), signal)
    } catch (error) {
      if (ended === null) throw error
      await ended
      throw new ProblemError('too_slow', 'The answer takes too long; ask for fewer days.')
    } finally {
      clearTimeout(timer)
    }
  }

  async function countNow(
    { site_id, reports, read }: Question,
    isOver: () => boolean,
    signal: AbortSignal | undefined,
  ): Promise<FunnelTally[][]> {
    const days = { first: Math.floor(read.from / DAY_MS), last: Math.floor(read.until / DAY_MS) }
    const columns = [...new Set(reports.flatMap(({ funnel }) => columnsOf(funnel)))]
    const fold = foldAll(reports.map(foldOf))
    for (let attempt = 1; attempt <= TRIES && !isOver(); attempt++) {
      const pinned = await pin(pool, site_id, days)
      if (isOver()) break
      const ranges = rangesFor(pinned.events, limits().events_a_range)
      const task = { pin: pinned, reports, columns, ranges, next: new SharedArrayBuffer(4) }
      const counted = countedOf(await askAll(task, signal))
      if (counted && !isOver()) return counted.reduce(fold.merge, fold.start())
    }
    throw new ProblemError('unavailable', 'The events of this question keep changing.')
  }

  /** Waits for all threads, whatever became of one: the next question must find them free. */
  async function askAll(task: Task, signal: AbortSignal | undefined): Promise<Answer[]> {
    const takeNoMore = () => Atomics.store(new Int32Array(task.next), 0, task.ranges)
    signal?.addEventListener('abort', takeNoMore)
    const asked = crew.slice(0, task.ranges).map((thread) => thread.ask(task))
    const settled = await Promise.allSettled(asked)
    signal?.removeEventListener('abort', takeNoMore)
    return settled.map((one) => {
      if (one.status === 'rejected') throw one.reason
      return one.value
    })
  }

  return {
    count,
    start() {
      for (const thread of crew) thread.start()
    },
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
    else if (answer.failed.code === 'list_property') {
      const message = 'holds lists here, which cannot be shared out among rows'
      throw wrongFields([{ path: 'breakdown.property', code: 'list_property', message }])
    } else throw Object.assign(new Error(answer.failed.message), { code: answer.failed.code })
  }
  return counted
}

function rangesFor(events: number, events_a_range: number): number {
  let ranges = 1
  while (ranges < MOST_RANGES && events / ranges > events_a_range) ranges *= 2
  return ranges
}
