import type { Machine } from '../report/machine.ts'

/** What was seen in one part of the run. */
export interface Sample {
  /** What day the fast clock showed at its end. */
  day: string
  events: number
  /** Answers by status; 0 is no answer. */
  answers: Record<string, number>
  p50_ms: number
  p99_ms: number
  /** How long questions took, the middle one and the slowest. */
  asked: number
  /** Questions that had another answer than 200. */
  refused: number
  question_ms: number
  slowest_ms: number
  /** The most that Weir held. */
  node_bytes: number
  database_bytes: number
  /** Months' partitions of events, and the rows that were in none. */
  months: number
  odd_rows: number
  unwoven: number
}

export interface SoakResults {
  date: string
  command: string
  machine: Machine
  load: { start: number; end: number }
  seconds: number
  days: number
  retention_days: number
  events_a_second: number
  samples: Sample[]
  /** The lowest and the highest month that there was a partition for, at the start and at the end. */
  first_months: string[]
  last_months: string[]
}

/** Once everything is warm, and days are deleted as fast as they come; and the end. */
const EARLY = [0.4, 0.6] as const
const LATE = [0.8, 1] as const

/** The results as a page: what a terminal prints, and `results/soak.md`. */
export function pageOf({ machine, load, samples, ...results }: SoakResults): string {
  return `# A steady load

${count(results.events_a_second)} events a second in batches of 20 and a question a second, for ${count(results.seconds)} s in which Weir's clock showed ${results.days} days; what is older than ${results.retention_days} days is deleted. ${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, ${machine.platform}; Node ${machine.node}; ${results.date.slice(0, 10)}.
Load average ${load.start} at the start, ${load.end} at the end (this run makes about 1 by itself); where it is higher, others worked too, and times say little.
\`${results.command}\`

| late in the run, beside early in it | early | late | |
| --- | --- | --- | --- |
${changes(samples)
  .map(({ name, early, late, unit }) => {
    const ratio = late / early
    return `| ${name} | ${Math.round(early)} ${unit} | ${Math.round(late)} ${unit} | ${ratio.toFixed(2)} × |`
  })
  .join('\n')}

Months: ${results.first_months.join(', ')} at the start, ${results.last_months.join(', ')} at the end. Rows outside of every month: ${Math.max(...samples.map(({ odd_rows }) => odd_rows))} at most, ${samples.at(-1)?.odd_rows} at the end. Answers other than 202: ${total(samples, ({ answers }) => others(answers))} of ${count(total(samples, ({ answers }) => all(answers)))}. Questions refused: ${total(samples, ({ refused }) => refused)} of ${total(samples, ({ asked, refused }) => asked + refused)}.

| until | events | p50 | p99 | questions | middle | slowest | memory of Weir | database | months | unwoven |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${samples.map(rowOf).join('\n')}
`
}

const rowOf = (sample: Sample): string =>
  `| ${[
    sample.day,
    count(sample.events),
    `${Math.round(sample.p50_ms)} ms`,
    `${Math.round(sample.p99_ms)} ms`,
    sample.asked,
    `${Math.round(sample.question_ms)} ms`,
    `${Math.round(sample.slowest_ms)} ms`,
    `${Math.round(sample.node_bytes / 1e6)} MB`,
    `${Math.round(sample.database_bytes / 1e6)} MB`,
    sample.months,
    count(sample.unwoven),
  ].join(' | ')} |`

function changes(samples: readonly Sample[]) {
  const middle = (part: readonly [number, number], readOne: (sample: Sample) => number) => {
    const [from, to] = part.map((share) => Math.floor(share * samples.length))
    const values = samples.slice(from, to).map(readOne)
    return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  }
  const of = (name: string, unit: string, readOne: (sample: Sample) => number) => ({
    name,
    unit,
    early: middle(EARLY, readOne),
    late: middle(LATE, readOne),
  })
  return [
    of('memory of Weir', 'MB', ({ node_bytes }) => node_bytes / 1e6),
    of('the database', 'MB', ({ database_bytes }) => database_bytes / 1e6),
    of('acknowledgement, p99', 'ms', ({ p99_ms }) => p99_ms),
    of('a question', 'ms', ({ question_ms }) => question_ms),
  ]
}

const total = (samples: readonly Sample[], readOne: (sample: Sample) => number): number =>
  samples.reduce((sum, sample) => sum + readOne(sample), 0)

const all = (answers: Record<string, number>): number =>
  Object.values(answers).reduce((sum, times) => sum + times, 0)

const others = (answers: Record<string, number>): number => all(answers) - (answers[202] ?? 0)

const count = (value: number) => value.toLocaleString('en-US')
