import type { Interval } from '@weir/contract'
import { dayIn } from './day.ts'
import { daysText, instantText } from './dayText.ts'

/** Where something begins and ends, which is not in it: ISO 8601 instants. */
interface Span {
  from: string
  to: string
}

/** Days as people say them, the last one included. */
export const spanText = ({ from, to }: Span, timeZone: string) =>
  daysText(
    dayIn(timeZone, new Date(from)),
    // The instant before the end: days that are longer or shorter do not matter.
    dayIn(timeZone, new Date(Date.parse(to) - 1)),
  )

/** A bucket in full: `14 Nov 2026`, `9 – 15 Nov 2026`; an hour by its beginning. */
export const bucketText = (bucket: Span, interval: Interval, timeZone: string) =>
  interval === 'hour' ? instantText(bucket.from, timeZone) : spanText(bucket, timeZone)

/** A bucket below an axis: `14 Nov`, `Nov 2026`, `21:00`. */
export const tickText = ({ from }: Span, interval: Interval, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, ...TICKS[interval] }).format(new Date(from))

const DAY = { day: 'numeric', month: 'short' } as const
const TICKS = {
  hour: { ...DAY, hour: '2-digit', minute: '2-digit' },
  day: DAY,
  week: DAY,
  month: { month: 'short', year: 'numeric' },
} as const
