import type { DiskTimes } from '../measure/disk.ts'
import type { Machine } from '../report/machine.ts'
import type { Imported } from './import-events.ts'
import type { Outage } from './outage.ts'
import type { Step } from './step.ts'

export interface IngestResults {
  date: string
  command: string
  machine: Machine
  /** Connections of the senders. */
  lines: number
  load: { start: number; end: number }
  /** Before any load. */
  disk: DiskTimes
  steps: Step[]
  imported: Imported
  outage: Outage | null
  /** Of bare inserts of the same rows, on one connection. */
  floor_rows_a_second: number
}

/** The results as a page: what a terminal prints, and `results/ingest.md`. */
export function pageOf({ date, command, machine, load, ...results }: IngestResults): string {
  const floor = Math.round(results.floor_rows_a_second).toLocaleString('en-US')
  return `# Ingest

Senders with ${results.lines} connections, Weir with its weaver, and Postgres with fsync and \`synchronous_commit=on\`, all on one machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, ${machine.platform}; Node ${machine.node}; ${date.slice(0, 10)}.
Load average ${load.start} at the start, ${load.end} at the end (this bench makes about 3 by itself).
\`${command}\`

| load | events/s acknowledged | requests/s | p50 | p99 | most | answers | CPU of Weir | of Postgres | of the senders | taken by the host | memory of Weir |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${results.steps.map(rowOf).join('\n')}

Import of ${results.imported.events.toLocaleString('en-US')} events as one stream: ${rate(results.imported.events / results.imported.seconds)} events/s.
Bare inserts of the same rows by \`pg\`, one connection, 500 rows each: ${floor} rows/s.
${outageOf(results.outage)}The disk alone, before: 16 KB written and waited for every 10 ms for ${results.disk.seconds} s: p50 ${ms(results.disk.p50_ms)}, p99 ${ms(results.disk.p99_ms)}, most ${ms(results.disk.most_ms)}. An acknowledgement waits for one of these.
CPU is of one core's time: 100 % is one core. What the host of a virtual machine takes is of all cores' time: meanwhile nothing here runs.
`
}

function rowOf(step: Step): string {
  const requests = Object.values(step.answers).reduce((sum, count) => sum + count, 0)
  const cells = [
    step.name,
    rate(step.events / step.seconds),
    rate(requests / step.seconds),
    ms(step.p50_ms),
    ms(step.p99_ms),
    ms(step.most_ms),
    answersOf(step.answers),
    share(step.node_cpu_seconds, step.seconds),
    share(step.postgres_cpu_seconds, step.seconds),
    share(step.cpu_seconds, step.seconds),
    step.stolen === null ? 'not told' : `${(step.stolen * 100).toFixed(1)} %`,
    `${Math.round(step.node_bytes / 1e6)} MB`,
  ]
  return `| ${cells.join(' | ')} |`
}

const answersOf = (answers: Step['answers']): string =>
  Object.entries(answers)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ')

function outageOf(outage: Outage | null): string {
  if (!outage) return ''
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  return `With the database stopped for ${outage.seconds} s under full load: memory ${mb(outage.before_bytes)} before, ${mb(outage.most_bytes)} at most; answers ${answersOf(outage.answers)} (0 is no answer).\n`
}

const rate = (value: number) => Math.round(value).toLocaleString('en-US')
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
const share = (cpu: number | null, seconds: number) =>
  cpu === null ? 'not told' : `${Math.round((cpu / seconds) * 100)} %`
