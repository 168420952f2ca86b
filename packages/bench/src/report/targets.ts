import type { Results } from './results.ts'

/** What Weir promises itself, and whether this run kept it. */
export interface Target {
  name: string
  target: string
  measured: string
  /** Null where it was not measured. */
  reached: boolean | null
}

export function targetsOf({ whole, tenth, small }: Results): Target[] {
  const { plain, breakdown, scan, trend, clickhouse, window } = whole.contenders
  const { sizes, weaving } = whole.loaded
  const ms = (asked: { median_ms: number } | undefined) => asked?.median_ms ?? null
  const times = (value: number) => `${value.toFixed(2)} ×`
  return [
    share('the question, of ClickHouse’s time', ms(plain), ms(clickhouse), 5),
    share('the question, of window functions’ time', ms(plain), ms(window), 60),
    most('by campaign and filtered, of the plain one', ratio(ms(breakdown), ms(plain)), 1.5, times),
    most(
      'daily trend, of the plain one (both the scan alone)',
      ratio(ms(trend), ms(scan)),
      2,
      times,
    ),
    most(
      'a small shop’s year',
      ms(small.contenders.plain),
      50,
      (value) => `${value.toFixed(0)} ms`,
    ),
    most(
      'ten times the events, of the time',
      ratio(ms(plain), ms(tenth.contenders.plain)),
      11,
      times,
    ),
    most(
      'memory above idle',
      plain?.above_idle_bytes ?? null,
      400e6,
      (value) => `${(value / 1e6).toFixed(0)} MB`,
    ),
    most('core', sizes.core, 10, bytes),
    most('all columns and ids', sizes.core + sizes.columns + sizes.visitor_ids, 25, bytes),
    {
      name: 'weaving (without merging), of Node’s CPU',
      target: '≥ 150,000 events/s',
      measured: `${Math.round(weaving.events / weaving.cpu_seconds).toLocaleString('en-US')} events/s`,
      reached: weaving.events / weaving.cpu_seconds >= 150_000,
    },
  ]
}

const bytes = (value: number) => `${value.toFixed(1)} B an event`

const ratio = (a: number | null, b: number | null) => (a === null || b === null ? null : a / b)

function share(name: string, ours: number | null, theirs: number | null, divisor: number): Target {
  const measured = ratio(theirs, ours)
  return {
    name,
    target: `≤ 1/${divisor}`,
    measured: measured === null ? 'not measured' : `1/${measured.toFixed(1)}`,
    reached: measured === null ? null : measured >= divisor,
  }
}

function most(
  name: string,
  value: number | null,
  limit: number,
  text: (value: number) => string,
): Target {
  return {
    name,
    target: `≤ ${text(limit)}`,
    measured: value === null ? 'not measured' : text(value),
    reached: value === null ? null : value <= limit,
  }
}
