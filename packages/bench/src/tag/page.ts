import type { Machine } from '../report/machine.ts'
import type { Start } from './measure-starts.ts'

export interface TagResults {
  date: string
  command: string
  machine: Machine
  browser: string
  load: { start: number; end: number }
  loads: number
  /** For each slowdown of the processor; ms. By page: the first three of so many shoppers. */
  measured: {
    slowdown: number
    pages: Start[][]
    calls: number[]
    floors: { [file: string]: Start[][] }
  }[]
}

type Measured = TagResults['measured'][number]

const MOST_START_MS = 2
const MOST_CALL_MS = 0.1

const ROWS: [what: string, times: (measured: Measured) => number[]][] = [
  ['**starting** on a first page: compile and run the file', ({ pages }) => startsOf(pages[0])],
  ['on the second page', ({ pages }) => startsOf(pages[1])],
  ['on the third page', ({ pages }) => startsOf(pages[2])],
  ['once a file, on the second page: the browser writes down what it compiled', writingsOf],
  [
    'the same of a file of the same length that does nothing',
    ({ floors }) => writingsOf({ pages: floors.long }),
  ],
  ['starting of an empty file on a first page', ({ floors }) => startsOf(floors.empty?.[0])],
  [
    'of a file that only reads `document.currentScript`',
    ({ floors }) => startsOf(floors.document?.[0]),
  ],
  [
    '**the next turn**, on a first page: cookie, storage, the view',
    ({ pages }) => turnsOf(pages[0]),
  ],
  ['on the third page', ({ pages }) => turnsOf(pages[2])],
  ['the rest on a first page, until the view is answered for', ({ pages }) => restsOf(pages[0])],
  ['**one call**', ({ calls }) => calls],
]

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
  const starting = (page: number) => mean(startsOf(slow?.pages[page]))
  return `# What the tag costs a page

${browser}, driven; ${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, ${machine.platform}; Node ${machine.node}; ${date.slice(0, 10)}.
Load average ${load.start} at the start, ${load.end} at the end: where it is above ${machine.cores}, others worked too.
${loads} shoppers, each in a new renderer, open three pages. Mean, then median (least – most), of the processor time of the page's thread: the mean counts, since a slowed thread is held for some 3 ms now and then. A call is time of a clock, 300 of them by themselves; there the median counts.
\`${command}\`

| | ${measured.map(({ slowdown }) => (slowdown === 1 ? 'as it is' : `${slowdown} × slower`)).join(' | ')} |
| --- | ${measured.map(() => '---').join(' | ')} |
${ROWS.map(([what, times]) => `| ${what} | ${measured.map((one) => span(times(one))).join(' | ')} |`).join('\n')}

A browser that runs a script of 1,024 characters or more for the second time writes down what it compiled before it goes on, for the
third time and all later ones. No script can decline, and half of it is the same for any.

| promise | target | measured | |
| --- | --- | --- | --- |
${['first', 'second', 'third'].map((name, page) => `| starting on a ${name} page, 4 × slower, mean | under ${MOST_START_MS} ms | ${ms(starting(page))} | ${verdict(starting(page), MOST_START_MS)} |`).join('\n')}
| the second with what the browser writes down | under ${MOST_START_MS} ms | ${ms(starting(1) + mean(slow && writingsOf(slow)))} | ${verdict(starting(1) + mean(slow && writingsOf(slow)), MOST_START_MS)} |
| a call, median | under ${MOST_CALL_MS} ms | ${ms(median(usual?.calls))} | ${verdict(median(usual?.calls), MOST_CALL_MS)} |
`
}

const startsOf = (page: readonly Start[] = []): number[] => page.map(({ start }) => start)
const turnsOf = (page: readonly Start[] = []): number[] => page.map(({ turn }) => turn)
const restsOf = (page: readonly Start[] = []): number[] => page.map(({ rest }) => rest)

function writingsOf({ pages }: { pages: readonly Start[][] | undefined }): number[] {
  return (pages?.[1] ?? []).map(({ writing }) => writing)
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)

/** NaN where nothing was measured, which reaches no target. */
const median = (values: readonly number[] = []): number =>
  sorted(values)[values.length >> 1] ?? Number.NaN

const mean = (values: readonly number[] = []): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const span = (values: readonly number[]): string =>
  `${ms(mean(values))}, ${ms(median(values))} (${ms(sorted(values)[0])} – ${ms(sorted(values).at(-1))})`

const ms = (value = Number.NaN): string => `${value.toFixed(value < 1 ? 3 : 2)} ms`

const verdict = (value: number, most: number): string =>
  value < most ? 'reached' : '**not reached**'
