import type { Receipt } from '@weir/contract'
import type { Kysely } from 'kysely'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { findBacklog } from './db/find-backlog.ts'
import type { Database } from './db/tables.ts'

/** What became of a request's events, or of some lines of an import. */
type Counted = Pick<Receipt, 'accepted' | 'duplicates'> & { rejected: { code: string }[] }

/** What this server has done since it started, and what waits; see `/metrics`. */
export interface Metrics {
  countReceipt(receipt: Counted): void
  countCommit(seconds: number, rows: number): void
  /** In the text format of Prometheus. */
  text(): Promise<string>
}

type Waiting = () => { rows: number; bytes: number }

export function openMetrics(db: Kysely<Database>, waiting: Waiting): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const events = new Counter({
    name: 'weir_events_total',
    help: 'Events by what became of them',
    labelNames: ['outcome'],
    registers,
  })
  const rejected = new Counter({
    name: 'weir_events_rejected_total',
    help: 'Events that were refused, by code',
    labelNames: ['code'],
    registers,
  })
  const commits = new Histogram({
    name: 'weir_commit_seconds',
    help: 'How long a group commit took',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  const written = new Counter({
    name: 'weir_commit_rows_total',
    help: 'Rows of all group commits',
    registers,
  })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const queueRows = gauge('weir_queue_rows', 'Events that wait for their commit')
  const queueBytes = gauge('weir_queue_bytes', 'Bytes of requests that wait for their commit')
  const stored = {
    unwoven: gauge('weir_unwoven_events', 'Events that are not in timelines yet'),
    lag: gauge('weir_weave_lag_seconds', 'Age of the oldest event that is not in timelines yet'),
    partitions: gauge('weir_partitions', 'Partitions of events'),
    odd: gauge('weir_default_partition_rows', 'Events that fit no month, about'),
    database: gauge('weir_database_up', 'Whether the database answers: 1 or 0'),
  }

  return {
    countReceipt({ accepted, duplicates, rejected: notes }) {
      events.inc({ outcome: 'accepted' }, accepted)
      if (duplicates > 0) events.inc({ outcome: 'duplicate' }, duplicates)
      if (notes.length > 0) events.inc({ outcome: 'rejected' }, notes.length)
      for (const { code } of notes) rejected.inc({ code })
    },
    countCommit(seconds, rows) {
      commits.observe(seconds)
      written.inc(rows)
    },
    async text() {
      const { rows, bytes } = waiting()
      queueRows.set(rows)
      queueBytes.set(bytes)
      const found = await findBacklog(db).catch(() => null)
      stored.database.set(found ? 1 : 0)
      if (found) {
        stored.unwoven.set(found.unwoven)
        stored.lag.set(found.lag)
        stored.partitions.set(found.partitions)
        stored.odd.set(found.odd)
      }
      return registry.metrics()
    },
  }
}
