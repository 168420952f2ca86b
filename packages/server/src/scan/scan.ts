/**
 * Answers questions from timelines, all threads on one after the other, counts that wait for the same days
 * together; each site's counts take turns with its lists (members, carts, products), and with other sites':
 * 1. The question is pinned: one number of a weave, one list of batches that are not woven yet, and the
 *    columns of parts that are read.
 * 2. Those that are not in shared memory yet are fetched there. What is too much for it is read by the
 *    threads, a range at a time.
 * 3. The visitors are cut into ranges by how much there is to read; every thread takes ranges until none
 *    is left; what they counted is merged.
 * A batch of the list that changed meanwhile (an event left it) means: pin again. A question that takes
 * too long is given up, and its threads are ended; one that nobody waits for takes no more ranges.
 */
import type { Pool } from 'pg'
import { ProblemError } from '../problems.ts'
import { makeCrew } from './crew.ts'
import { cutOf, partsIn } from './cut.ts'
import { Listings } from './listings.ts'
import { type Asked, type Counted, type Kind, WAYS } from './question.ts'
import { decideReading, type Reading } from './reading.ts'
import type { Report } from './report.ts'
import { SharedBlocks } from './shared-blocks.ts'
import { noneTaken, takeAll } from './take-ranges.ts'
import type { Task } from './task.ts'
import { countTogether, type Days, type Use } from './together.ts'
import { makeTurns } from './turns.ts'

/** Of which times events are read, both ends included, in milliseconds. */
export interface Read {
  from: number
  until: number
}

export interface Scan {
  /**
   * Gives `use` what each report counted, in their order: one tally for a funnel, one for each bucket of a trend.
   * Durations stand in memory that the next question writes to: they hold until `use` returns.
   */
  count<T>(
    site_id: number,
    reports: readonly Report[],
    read: Read,
    use: Use<T>,
    signal?: AbortSignal,
  ): Promise<T>
  /**
   * What a question of some kind gives: see question.ts. `signal` takes the question back, also while it
   * waits for others.
   */
  ask<K extends Kind>(
    site_id: number,
    kind: K,
    asked: Asked[K],
    read: Read,
    signal?: AbortSignal,
  ): Promise<Counted[K]>
  /** Has the threads ready before the first question. */
  start(): void
  close(): Promise<void>
}

export interface ScanOptions {
  /** How long one question may take, once it is its turn. */
  limit_ms: number
  /** How many events are gathered at once, about. */
  events_a_range: number
  /** How many bytes of timelines are kept for the next question as they are stored, and read at once. */
  shared_bytes: number
  /** And how many as they are counted, visitor by visitor. */
  kept_bytes: number
}

const USUAL: ScanOptions = {
  limit_ms: 30_000,
  events_a_range: 100_000,
  shared_bytes: 192 * 1024 * 1024,
  kept_bytes: 192 * 1024 * 1024,
}
const DAY_MS = 86_400_000
const TRIES = 5

interface Question<K extends Kind> {
  site_id: number
  kind: K
  asked: Asked[K]
  /** The first and the last day that are read, counted from 1970. */
  days: Days
}

export function openScan(
  pool: Pool,
  url: string,
  threads: number,
  options: Partial<ScanOptions> = {},
): Scan {
  const crew = makeCrew(url, threads)
  const shared = new SharedBlocks()
  const listings = new Listings()
  const turns = makeTurns()
  // Read for every question, so that a test can change them.
  const limits = (): ScanOptions => ({ ...USUAL, ...options })

  /** Ends when nothing of the question is under way any more. */
  async function askInTime<K extends Kind>(
    question: Question<K>,
    signal: AbortSignal,
  ): Promise<Counted[K]> {
    const late = new AbortController()
    let ended: Promise<unknown> | null = null
    const timer = setTimeout(() => {
      ended = crew.end()
      late.abort()
    }, limits().limit_ms)
    try {
      return await askNow(question, late.signal, signal)
    } catch (error) {
      if (ended === null) throw error
      await ended
      throw new ProblemError('too_slow', 'The answer takes too long; ask for fewer days.')
    } finally {
      clearTimeout(timer)
    }
  }

  async function askNow<K extends Kind>(
    { site_id, kind, asked, days }: Question<K>,
    late: AbortSignal,
    signal: AbortSignal,
  ): Promise<Counted[K]> {
    const way = WAYS[kind]
    const fold = way.fold(asked)
    const needs = { columns: way.columns(asked), visitorIds: way.visitorIds }
    const isOver = () => late.aborted || signal.aborted
    for (let attempt = 1; attempt <= TRIES && !isOver(); attempt++) {
      const reading = await decideReading(pool, listings, site_id, days, needs, late)
      const task = { kind, asked, ...(await taskFor(reading)) }
      const counted = isOver() ? null : await scanUnlessOver(task, signal)
      if (counted && !isOver()) return fold.finish(counted.reduce(fold.merge, fold.start()))
    }
    throw new ProblemError('unavailable', 'The events of this question keep changing.')
  }

  async function taskFor(reading: Reading): Promise<Omit<Task, 'kind' | 'asked'>> {
    const { pin, codes, properties, columns, blocks } = reading
    const { ranges, shares, streams } = cutOf(blocks, limits())
    shared.forgetReplaced(pin, new Set(columns), blocks)
    const missing = shares.filter((block) => !shared.find(pin.site_id, block))
    for (const [own, memory] of await crew.fetch(pin.site_id, missing))
      shared.add(pin.site_id, own, memory)
    const parts = partsIn(shared, pin.site_id, shares, properties)
    const slabs = shared.take(
      parts.flatMap(({ core, ids, columns }) => [
        core.slab,
        ...(ids ? [ids.slab] : []),
        ...columns.map(([, { slab }]) => slab),
      ]),
    )
    shared.shrinkTo(limits().shared_bytes)
    return {
      pin,
      codes,
      properties,
      parts,
      slabs,
      kept: shared.numbers,
      ranges,
      streams,
      taken: noneTaken(ranges),
      kept_bytes: limits().kept_bytes / threads,
    }
  }

  async function scanUnlessOver<K extends Kind>(
    task: Task<K>,
    signal: AbortSignal,
  ): Promise<Counted[K][] | null> {
    const takeNoMore = () => takeAll(task.taken)
    signal.addEventListener('abort', takeNoMore)
    return crew.scan(task).finally(() => signal.removeEventListener('abort', takeNoMore))
  }

  const countJointly = countTogether(turns, ({ site_id, reports, days }, signal) =>
    askInTime({ site_id, kind: 'counts', asked: reports, days }, signal),
  )

  return {
    count: (site_id, reports, read, use, signal) =>
      countJointly({ site_id, reports, days: daysOf(read) }, use, signal),
    ask(site_id, kind, asked, read, signal = new AbortController().signal) {
      const question = { site_id, kind, asked, days: daysOf(read) }
      return turns.take(`${site_id} lists`, () => askInTime(question, signal), signal)
    },
    start: crew.start,
    async close() {
      await turns.ended()
      await crew.end()
    },
  }
}

const daysOf = ({ from, until }: Read): Days => ({
  first: Math.floor(from / DAY_MS),
  last: Math.floor(until / DAY_MS),
})
