import { instantMs, isDate } from '@weir/contract'
import { Temporal } from 'temporal-polyfill'

/** Milliseconds since 1970 of whatever may stand for a time; a bare date is midnight in the site's time zone. */
export function timeMs(value: unknown, timeZone: string): number | null {
  if (typeof value !== 'string' || !isDate(value)) return instantMs(value)
  return Temporal.PlainDate.from(value).toZonedDateTime(timeZone).epochMilliseconds
}
