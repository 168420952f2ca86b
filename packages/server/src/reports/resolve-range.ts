import { instantMs, isDate } from '@weir/contract'
import type { Range } from '@weir/timeline'
import { Temporal } from 'temporal-polyfill'
import { wrongFields } from '../problems.ts'

/** `[from, to)` of a question. A bare date is midnight in the site's time zone. */
export function resolveRange(
  question: { from: string | number; to: string | number },
  timeZone: string,
  path = 'to',
): Range {
  const range = { from: msOf(question.from, timeZone, path), to: msOf(question.to, timeZone, path) }
  if (range.from < range.to) return range
  throw wrongFields([{ path, code: 'to_before_from', message: 'must be after `from`' }])
}

function msOf(value: string | number, timeZone: string, path: string): number {
  if (typeof value === 'string' && isDate(value)) {
    return Temporal.PlainDate.from(value).toZonedDateTime(timeZone).epochMilliseconds
  }
  const ms = instantMs(typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)
  if (ms !== null) return ms
  throw wrongFields([{ path, code: 'invalid_date', message: `\`${value}\` is no time` }])
}
