import type { Sent } from '../ingest/load.ts'
import type { Machine } from '../report/machine.ts'

export interface MixedResults {
  date: string
  command: string
  machine: Machine
  load: { start: number; end: number }
  stored_events: number
  askers: number
  /** How long each question took, ms, ascending. */
  questions: number[]
  sent: Sent
}

const MOST_QUESTION_MS = 3_000
const MOST_P99_ACK_MS = 250

/** The results as a page: what a terminal prints, and `results/mixed.md`. */
export function pageOf({
  date,
  command,
  machine,
  load,
  stored_events,
  askers,
  questions,
  sent,
}: MixedResults): string {
  const at = (share: number) => questions[Math.floor((questions.length - 1) * share)] ?? 0
  const rate = Math.round(sent.events / sent.seconds)
  return `# Questions and events at once

${askers} askers, each again and again with a question of its own over ${counted(stored_events)} events, while ${counted(rate)} events a second arrive: askers, senders, Weir with its weaver and Postgres on one machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, ${machine.platform}; Node ${machine.node}; ${date.slice(0, 10)}.
Load average ${load.start} at the start, ${load.end} at the end (this bench makes about 3 by itself).
\`${command}\`

|  | how many | p50 | p99 | most | wanted |
| --- | --- | --- | --- | --- | --- |
| questions, all answered right | ${counted(questions.length)} | ${ms(at(0.5))} | ${ms(at(0.99))} | ${ms(at(1))} | none over ${ms(MOST_QUESTION_MS)} |
| acknowledgements | ${counted(requestsOf(sent))} | ${ms(sent.p50_ms)} | ${ms(sent.p99_ms)} | ${ms(sent.most_ms)} | p99 ${ms(MOST_P99_ACK_MS)} |

Answers to senders: ${Object.entries(sent.answers)
    .map(([status, count]) => `${status}: ${counted(count)}`)
    .join(', ')}.
`
}

const requestsOf = ({ answers }: Sent) =>
  Object.values(answers).reduce((sum, count) => sum + count, 0)
const counted = (value: number) => value.toLocaleString('en-US')
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
