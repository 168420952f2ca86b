import type { Range } from '@weir/timeline'
import { wrongFields } from '../problems.ts'
import { timeMs } from '../time-ms.ts'

/** `[from, to)` of a question. A bare date is midnight in the site's time zone. */
export function resolveRange(
  question: { from: string | number; to: string | number },
  timeZone: string,
  path = 'to',
): Range {
  const range = { from: msOf(question.from, timeZone, path), to: msOf(question.to, timeZone, path) }
  if (range.from < range.to) return range
  throw wrongFields([
    {
      path,
      code: 'to_before_from',
      message: 'must be after `from`; it is not included, so for one day give the next one',
    },
  ])
}

/** In an address milliseconds are text too. */
function msOf(value: string | number, timeZone: string, path: string): number {
  const given = typeof value === 'string' && /^\d{12,}$/.test(value) ? Number(value) : value
  const ms = timeMs(given, timeZone)
  if (ms !== null) return ms
  throw wrongFields([{ path, code: 'invalid_date', message: `\`${value}\` is no time` }])
}
