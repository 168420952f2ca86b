/**
 * Answers what is more than counting: lists of visitors, carts, products. One thread, a question after the
 * other, reading timelines range by range; so neither those who count nor those who send wait for it.
 * A question is pinned as in scan.ts; one that takes too long is given up, and its thread is ended.
 */
import type { Pool } from 'pg'
import { ProblemError, wrongFields } from '../problems.ts'
import { cutOf } from './cut.ts'
import type { ListTask } from './list-ranges.ts'
import { type Listed, type ListReport, needsOf, type ReportOf } from './list-report.ts'
import { makeListThread } from './list-thread.ts'
import { Listings } from './listings.ts'
import { decideReading } from './reading.ts'
import { makeTurns } from './turns.ts'

export interface Lister {
  /** `read`: of which times events are read, both ends included, in milliseconds. `signal` takes the question back. */
  list<Kind extends keyof Listed>(
    site_id: number,
    report: ReportOf<Kind>,
    read: { from: number; until: number },
    signal?: AbortSignal,
  ): Promise<Listed[Kind]>
  /** Has the thread ready before the first question. */
  start(): void
  close(): Promise<void>
}

export interface ListerOptions {
  /** How long one question may take, once it is its turn. */
  limit_ms: number
  /** How many events are gathered at once, about. */
  events_a_range: number
}

const USUAL: ListerOptions = { limit_ms: 30_000, events_a_range: 160_000 }
const DAY_MS = 86_400_000
const TRIES = 5

export function openLister(pool: Pool, url: string, options: Partial<ListerOptions> = {}): Lister {
  const turns = makeTurns()
  const listings = new Listings()
  // Read for every question, so that a test can change them.
  const limits = (): ListerOptions => ({ ...USUAL, ...options })
  const thread = makeListThread(url)

  async function listInTime<Kind extends keyof Listed>(
    site_id: number,
    report: ReportOf<Kind>,
    read: { from: number; until: number },
    signal: AbortSignal | undefined,
  ): Promise<Listed[Kind]> {
    const late = AbortSignal.timeout(limits().limit_ms)
    const over = new SharedArrayBuffer(4)
    const stop = () => Atomics.store(new Int32Array(over), 0, 1)
    const isOver = () => late.aborted || (signal?.aborted ?? false)
    signal?.addEventListener('abort', stop)
    try {
      for (let attempt = 1; attempt <= TRIES && !isOver(); attempt++) {
        const task = await taskFor(site_id, report, read, late, over)
        const told = await thread.tell<Listed[Kind]>(task, late)
        if ('failed' in told) {
          if (told.failed.code !== 'tail_changed') throw errorOf(told.failed)
        } else if (told.listed !== null) return told.listed
      }
    } catch (error) {
      if (!late.aborted) throw error
    } finally {
      signal?.removeEventListener('abort', stop)
    }
    if (late.aborted)
      throw new ProblemError('too_slow', 'The answer takes too long; ask for fewer days.')
    throw new ProblemError('unavailable', 'The events of this question keep changing.')
  }

  async function taskFor(
    site_id: number,
    report: ListReport,
    read: { from: number; until: number },
    late: AbortSignal,
    over: SharedArrayBuffer,
  ): Promise<ListTask> {
    const days = { first: Math.floor(read.from / DAY_MS), last: Math.floor(read.until / DAY_MS) }
    const { columns } = needsOf(report)
    const { blocks, ...reading } = await decideReading(pool, listings, site_id, days, columns, late)
    const { ranges } = cutOf(blocks, { ...limits(), shared_bytes: 0 })
    return { ...reading, report, ranges, over }
  }

  return {
    list: (site_id, report, read, signal) =>
      turns.take(() => listInTime(site_id, report, read, signal), signal),
    start: thread.start,
    async close() {
      await turns.ended()
      await thread.end()
    },
  }
}

function errorOf({ message, code }: { message: string; code: string }): Error {
  if (code !== 'list_property') return Object.assign(new Error(message), { code })
  const sentence = 'holds lists here, which cannot be shared out among rows'
  return wrongFields([{ path: 'breakdown.property', code, message: sentence }])
}
