import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import { databaseAway, isDatabaseAway, isUndone, ProblemError } from '../problems.ts'
import { type Outcome, type Writable, writeBatch } from './write-batch.ts'

/**
 * Requests that wait in memory are written together:
 * 1. A request's events join the queue; over its bound in rows or bytes the request is refused at once.
 *    So it is while the database is away, but for one flush at a time, which finds out whether it is back.
 * 2. A flush starts when none has for FLUSH_MS, or when FLUSH_ROWS wait; at most IN_FLIGHT run.
 * 3. A request is answered when the transaction that holds its events has committed.
 */
const FLUSH_MS = 10
const FLUSH_ROWS = 2_000
const IN_FLIGHT = 2
const MOST_ROWS = 20_000
const MOST_BYTES = 64 * 1024 * 1024
const RETRY_MS = 50
const RETRY_FOR_MS = 1_000
/** Of what was undone for another's sake. */
const MOST_TRIES = 5

export interface GroupCommit {
  /** Throws `unavailable` where a request would be refused anyway: to be asked before any work. */
  checkRoom(): void
  /** Resolves once the events are committed; throws `unavailable` where they cannot be. */
  write(events: readonly Writable[], bytes: number): Promise<Outcome[]>
  /** What waits to be written, or is being written. */
  waiting(): { rows: number; bytes: number }
  /** Takes nothing more, and resolves when all that waits is written. */
  drain(): Promise<void>
}

interface Waiting {
  events: readonly Writable[]
  bytes: number
  resolve(outcomes: Outcome[]): void
  reject(error: unknown): void
}

export function startGroupCommit(
  pool: Pool,
  log: Pick<FastifyBaseLogger, 'error'>,
  onCommit: (seconds: number, rows: number) => void = () => undefined,
): GroupCommit {
  let queue: Waiting[] = []
  let rows = 0
  let bytes = 0
  let flights = 0
  let timer: NodeJS.Timeout | null = null
  let draining = false
  let away = false
  const idle: (() => void)[] = []

  function checkRoom(more = 0, size = 0): void {
    if (draining) throw unavailable('This server is shutting down.', 1)
    if (away && rows > 0) throw databaseAway()
    if (rows + more > MOST_ROWS || bytes + size > MOST_BYTES) {
      throw unavailable('More waits to be written than may wait.', 2)
    }
  }

  async function write(events: readonly Writable[], size: number): Promise<Outcome[]> {
    checkRoom(events.length, size)
    rows += events.length
    bytes += size
    return new Promise((resolve, reject) => {
      queue.push({ events, bytes: size, resolve, reject })
      if (rows >= FLUSH_ROWS) flush()
      else timer ??= setTimeout(flush, FLUSH_MS)
    })
  }

  function flush() {
    if (timer) clearTimeout(timer)
    timer = null
    if (flights >= IN_FLIGHT || queue.length === 0) return
    const taken = takeNext()
    flights++
    void commit(taken).finally(() => {
      for (const { events, bytes: size } of taken) {
        rows -= events.length
        bytes -= size
      }
      flights--
      if (queue.length > 0) flush()
      else if (flights === 0) for (const resolve of idle.splice(0)) resolve()
    })
  }

  /** Whole requests, until FLUSH_ROWS are together. */
  function takeNext(): Waiting[] {
    let taken = 0
    let count = 0
    while (count < queue.length && taken < FLUSH_ROWS) taken += queue[count++]?.events.length ?? 0
    const next = queue.slice(0, count)
    queue = queue.slice(count)
    return next
  }

  async function commit(taken: readonly Waiting[]): Promise<void> {
    const began = performance.now()
    try {
      const outcomes = await writeWithRetries(taken.flatMap(({ events }) => events))
      onCommit((performance.now() - began) / 1_000, outcomes.length)
      away = false
      let next = 0
      for (const { events, resolve } of taken) {
        resolve(outcomes.slice(next, next + events.length))
        next += events.length
      }
    } catch (error) {
      log.error({ err: error, events: countOf(taken) }, 'could not write events')
      away = isDatabaseAway(error) && !isUndone(error)
      const reason = isDatabaseAway(error) ? databaseAway() : error
      for (const { reject } of taken) reject(reason)
    }
  }

  /** The same ids again are harmless, even where a connection broke after the commit was sent. */
  async function writeWithRetries(events: readonly Writable[]): Promise<Outcome[]> {
    for (let started = performance.now(), tries = 1; ; tries++) {
      try {
        return await writeBatch(pool, events)
      } catch (error) {
        // A deadlock is found after a second, which says nothing of the database.
        if (isUndone(error) && tries < MOST_TRIES) continue
        const late = away || performance.now() - started > RETRY_FOR_MS
        if (late || !isDatabaseAway(error)) throw error
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
  }

  return {
    checkRoom,
    write,
    waiting: () => ({ rows, bytes }),
    drain() {
      draining = true
      flush()
      return flights === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))
    },
  }
}

const countOf = (taken: readonly Waiting[]): number =>
  taken.reduce((sum, { events }) => sum + events.length, 0)

const unavailable = (detail: string, seconds: number) =>
  new ProblemError('unavailable', detail, { headers: { 'retry-after': String(seconds) } })
