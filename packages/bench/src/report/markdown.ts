import type { Measured } from '../measure/measure.ts'
import { type Asked, CONTENDERS, type Results } from './results.ts'
import { targetsOf } from './targets.ts'

/** The results as a page: what a terminal prints, and `results/query.md`. */
export function markdownOf(results: Results): string {
  const { whole, tenth, small, machine, load, versions } = results
  const events = whole.loaded.events.toLocaleString('en-US')
  return `# Funnels over ${events} events

${events} events over 90 days; view → product_view → add_to_cart → purchase, in order, within 7 days of the entry, every entry followed.

${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, ${machine.platform}; ${results.date.slice(0, 10)}; seed ${results.seed}.
${Object.entries({ Node: machine.node, ...versions })
  .map(([name, version]) => `${name} ${version}`)
  .join(' · ')}.
Load average ${load.start} at the start, ${load.before_asking} before asking, ${load.end} at the end: where it is above ${machine.cores}, others worked too, and only ratios mean something.
\`${results.command}\`

${table(
  [
    'who',
    'median',
    'least – most',
    'runs',
    '× Weir',
    `growth from ${tenth.loaded.events.toLocaleString('en-US')}`,
    'memory above idle',
    'reached each stage',
  ],
  CONTENDERS.flatMap((key) =>
    rowOf(whole.contenders[key], tenth.contenders[key], whole.contenders.plain),
  ),
)}

A shop of 1,000 events a day, its year (${small.loaded.events.toLocaleString('en-US')} events): ${timeOf(small.contenders.plain)}.

${table(
  ['promise', 'target', 'measured', ''],
  targetsOf(results).map(({ name, target, measured, reached }) => [
    name,
    target,
    measured,
    reached === null ? '' : reached ? 'reached' : '**not reached**',
  ]),
)}

${table(
  [
    'stored',
    'events',
    'parts',
    'core',
    'columns',
    'visitor ids',
    'events table',
    'its key',
    'COPY',
    'weaving, CPU of Node',
    'merging, CPU of Node',
    'weaving, of a clock',
  ],
  [whole, tenth, small].map(storedRow),
)}

Sizes are bytes an event. Nothing of the load itself is compared: rows are stored by COPY, past ingest.
`
}

function rowOf(own?: Measured, tenth?: Measured, plain?: Measured): string[][] {
  if (!own) return []
  const { name, rule, counts, runs, median_ms, min_ms, max_ms, above_idle_bytes } = own
  return [
    [
      name,
      ms(median_ms),
      `${ms(min_ms)} – ${ms(max_ms)}`,
      String(runs),
      plain ? (median_ms / plain.median_ms).toFixed(1) : '',
      tenth ? `${(median_ms / tenth.median_ms).toFixed(1)} ×` : '',
      above_idle_bytes === null ? '' : `${Math.round(above_idle_bytes / 1e6)} MB`,
      counts.map((count) => count.toLocaleString('en-US')).join(' → ') +
        { exact: '', mobile: ' (mobiles)', own: ' (a rule of its own)' }[rule],
    ],
  ]
}

function storedRow({ loaded }: Asked): string[] {
  const { events, sizes, copy_seconds, weaving, merging, dataset } = loaded
  const rate = (seconds: number) => `${Math.round(events / seconds).toLocaleString('en-US')} /s`
  return [
    dataset.name.replace('bench_', '').replaceAll('_', ' '),
    events.toLocaleString('en-US'),
    String(sizes.parts),
    sizes.core.toFixed(1),
    sizes.columns.toFixed(1),
    sizes.visitor_ids.toFixed(1),
    sizes.events_table.toFixed(0),
    sizes.events_key.toFixed(0),
    rate(copy_seconds),
    rate(weaving.cpu_seconds),
    rate(merging.cpu_seconds),
    rate(weaving.seconds),
  ]
}

const timeOf = (asked: Measured | undefined) =>
  asked ? `${ms(asked.median_ms)} (${ms(asked.min_ms)} – ${ms(asked.max_ms)})` : 'not measured'

const ms = (value: number) =>
  value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
