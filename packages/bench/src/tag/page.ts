import type { Machine } from '../report/machine.ts'
import type { Starts } from './measure-starts.ts'

export interface TagResults {
  date: string
  command: string
  machine: Machine
  browser: string
  load: { start: number; end: number }
  loads: number
  /** For each slowdown of the processor; ms. */
  measured: (Starts & {
    slowdown: number
    seconds: number[]
    calls: number[]
    floors: number[][]
  })[]
}

const MOST_START_MS = 2
const MOST_CALL_MS = 0.1

/** The results as a page: what a terminal prints, and `results/tag.md`. */
export function pageOf({
  date,
  command,
  machine,
  browser,
  load,
  loads,
  measured,
}: TagResults): string {
  const slow = measured.find(({ slowdown }) => slowdown === 4)
  const usual = measured.find(({ slowdown }) => slowdown === 1)
  return `# What the tag costs a page

${browser}, driven; ${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, ${machine.platform}; Node ${machine.node}; ${date.slice(0, 10)}.
Load average ${load.start} at the start, ${load.end} at the end: where it is above ${machine.cores}, others worked too. ${loads} times each; median (least – most). Starting and the rest are processor time of the page's thread, in a new renderer each time but in the second column; of starting the mean comes first, since a slowed thread is held for some 3 ms now and then. A call is time of a clock, the mean of ten.
\`${command}\`

| processor | starting: compile and run the file | on the second page in a renderer | the same of an empty file | of a file that only reads \`document.currentScript\` | the rest, until the view is answered for | one call |
| --- | --- | --- | --- | --- | --- | --- |
${measured.map((one) => `| ${one.slowdown === 1 ? 'as it is' : `${one.slowdown} × slower`} | ${withMean(one.starts)} | ${withMean(one.seconds)} | ${one.floors.map(withMean).join(' | ')} | ${span(one.rests)} | ${span(one.calls)} |`).join('\n')}

| promise | target | measured | |
| --- | --- | --- | --- |
| starting, 4 × slower, mean | under ${MOST_START_MS} ms | ${ms(mean(slow?.starts))} | ${verdict(mean(slow?.starts), MOST_START_MS)} |
| the same on the second page in a renderer | under ${MOST_START_MS} ms | ${ms(mean(slow?.seconds))} | ${verdict(mean(slow?.seconds), MOST_START_MS)} |
| a call | under ${MOST_CALL_MS} ms | ${ms(median(usual?.calls))} | ${verdict(median(usual?.calls), MOST_CALL_MS)} |
`
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)

/** NaN where nothing was measured, which reaches no target. */
const median = (values: readonly number[] = []): number =>
  sorted(values)[values.length >> 1] ?? Number.NaN

const mean = (values: readonly number[] = []): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const withMean = (values: readonly number[]): string => `${ms(mean(values))}, ${span(values)}`

const span = (values: readonly number[]): string =>
  `${ms(median(values))} (${ms(sorted(values)[0])} – ${ms(sorted(values).at(-1))})`

const ms = (value = Number.NaN): string => `${value.toFixed(value < 1 ? 3 : 2)} ms`

const verdict = (value: number, most: number): string =>
  value < most ? 'reached' : '**not reached**'
