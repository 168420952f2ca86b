import { instantMs, isDate } from '@weir/contract'
import type { Range } from '@weir/timeline'
import { Temporal } from 'temporal-polyfill'
import { wrongFields } from '../problems.ts'

/** `[from, to)` of a question whose texts were checked. A bare date is midnight in the site's time zone. */
export function resolveRange(
  question: { from: string | number; to: string | number },
  timeZone: string,
): Range {
  const range = { from: msOf(question.from, timeZone), to: msOf(question.to, timeZone) }
  if (range.from < range.to) return range
  throw wrongFields([{ path: 'to', code: 'to_before_from', message: 'must be after `from`' }])
}

function msOf(value: string | number, timeZone: string): number {
  if (typeof value === 'string' && isDate(value)) {
    return Temporal.PlainDate.from(value).toZonedDateTime(timeZone).epochMilliseconds
  }
  return instantMs(value) ?? Number(value)
}
