import type { Interval } from '@weir/contract'
import type { Range } from '@weir/timeline'
import { HOUR_MS, MINUTE_MS, TIME_ZONE } from './shop-history.fixture.ts'

/** For tests: where the buckets of a range begin and end: wherever the calendar there shows something else. */
export function plainBuckets({ from, to }: Range, interval: Interval): Range[] {
  const starts = [from]
  const quarter = 15 * MINUTE_MS
  for (let at = (Math.floor(from / quarter) + 1) * quarter; at < to; at += quarter)
    if (pageOf(at, interval) !== pageOf(at - 1, interval)) starts.push(at)
  return starts.map((start, place) => ({ from: start, to: starts[place + 1] ?? to }))
}

const CALENDAR = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE, dateStyle: 'short' })

/** The hour, day, week or month as a text that is another one in the next. */
function pageOf(at: number, interval: Interval): string {
  if (interval === 'hour') return String(Math.floor(at / HOUR_MS))
  const date = CALENDAR.format(at)
  if (interval === 'day') return date
  if (interval === 'month') return date.slice(0, 7)
  // 1970 began on a Thursday: three days after a Monday.
  return String(Math.floor((Date.parse(date) / HOUR_MS / 24 + 3) / 7))
}
