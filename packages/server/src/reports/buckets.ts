import type { Interval } from '@weir/contract'
import type { Range } from '@weir/timeline'
import { Temporal } from 'temporal-polyfill'
import { wrongFields } from '../problems.ts'

const MOST_BUCKETS = 2_000

/** Where the buckets of a range begin, and where the last ends; the first and last may be cut by the range. */
export function bucketsOf(range: Range, interval: Interval, timeZone: string): number[] {
  const boundaries = [range.from]
  let start = startOf(
    Temporal.Instant.fromEpochMilliseconds(range.from).toZonedDateTimeISO(timeZone),
    interval,
  )
  for (;;) {
    const next = start.add({ [`${interval}s`]: 1 })
    // Where clocks skip midnight a day begins at one: the days after it do not.
    start = interval === 'hour' ? next : startOf(next, interval)
    if (start.epochMilliseconds >= range.to) return [...boundaries, range.to]
    boundaries.push(start.epochMilliseconds)
    if (boundaries.length > MOST_BUCKETS) {
      const message = `gives over ${MOST_BUCKETS} buckets; ask for a longer one`
      throw wrongFields([{ path: 'interval', code: 'invalid', message }])
    }
  }
}

function startOf(time: Temporal.ZonedDateTime, interval: Interval): Temporal.ZonedDateTime {
  if (interval === 'hour') return time.round({ smallestUnit: 'hour', roundingMode: 'floor' })
  const day = time.startOfDay()
  if (interval === 'week') return day.subtract({ days: day.dayOfWeek - 1 }).startOfDay()
  return interval === 'month' ? day.with({ day: 1 }).startOfDay() : day
}
