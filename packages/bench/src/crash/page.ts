import type { Machine } from '../report/machine.ts'
import type { Harm } from './harms.ts'
import type { LedgerResult } from './ledger-test.ts'

export interface CrashResults extends Omit<LedgerResult, 'journal'> {
  date: string
  command: string
  machine: Machine
  seconds: number
  issued: number
  acknowledged: number
  refused: number
  unanswered: number
  wrong_answers: string[]
}

const SAID: Record<Harm, string> = {
  kill_server: 'SIGKILL to Weir',
  stop_server: 'SIGTERM to Weir',
  cut_after_commit: 'a connection to Postgres cut right behind a commit',
  kill_postgres: 'SIGKILL to Postgres',
  freeze_postgres: 'Postgres stopped for 5 s (SIGSTOP)',
}

/** The results as a page: what a terminal prints, and `results/crash.md`. */
export function pageOf({
  date,
  command,
  machine,
  harms,
  verdict,
  ...results
}: CrashResults): string {
  const gaps = harms.slice(1).map(({ at_ms }, place) => at_ms - (harms[place]?.at_ms ?? 0))
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length)
  return `# The ledger

Senders send without a pause while everything is killed, for ${results.seconds} s; at the end the database is compared with what they were told. ${machine.cpu}, ${machine.cores} cores, ${machine.platform}; Node ${machine.node}; ${date.slice(0, 10)}.
\`${command}\`

| harm | how often | of that while Weir was starting | requests under way, in the middle |
| --- | --- | --- | --- |
${Object.entries(SAID)
  .map(([harm, said]) =>
    rowOf(
      said,
      harms.filter((one) => one.harm === harm),
    ),
  )
  .join('\n')}

${harms.length} harms, ${(mean / 1_000).toFixed(1)} s apart, ${(Math.max(0, ...gaps) / 1_000).toFixed(1)} s at most. Postgres recovered from a crash ${results.recoveries} times; ${count(new Set(harms.map(({ server }) => server)).size)} processes of Weir lived when one was done.

| events | |
| --- | --- |
| issued | ${count(results.issued)} |
| acknowledged | ${count(results.acknowledged)} |
| refused one by one | ${count(results.refused)} |
| stored | ${count(verdict.stored)} |
| **acknowledged and lost** | ${verdict.lost} |
| **stored twice** | ${verdict.twice} |
| stored and never sent | ${verdict.invented} |
| stored though refused | ${verdict.refused_but_stored} |
| batches of another count than their events | ${verdict.wrong_batches} |
| purchases without their order, and orders without their purchase | ${verdict.wrong_orders} |
| by how many timelines differ from the rows | ${verdict.timelines_differ} |

Requests without an answer, or told to come back: ${count(results.unanswered)}. Answers that no sender may get: ${results.wrong_answers.length}.
What is stored and not acknowledged was committed when its answer was cut off.
`
}

function rowOf(said: string, harms: LedgerResult['harms']): string {
  const in_flight = harms.map((harm) => harm.in_flight).sort((a, b) => a - b)
  const starting = harms.filter(({ up }) => !up).length
  return `| ${said} | ${harms.length} | ${starting} | ${in_flight[Math.floor(in_flight.length / 2)] ?? 0} |`
}

const count = (value: number) => value.toLocaleString('en-US')
