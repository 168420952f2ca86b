import type { Range } from '@weir/timeline'
import { wrongFields } from '../problems.ts'
import { timeMs } from '../time-ms.ts'

type Instant = string | number

/** `[from, to)` of a question. A bare date is midnight in the site's time zone. */
export function resolveRange(question: { from: Instant; to: Instant }, timeZone: string): Range {
  const range = {
    from: msOf('from', question.from, timeZone),
    to: msOf('to', question.to, timeZone),
  }
  checkOrder(range)
  return range
}

/** The same where either end may be left open: null. */
export function resolveOpenRange(
  { from, to }: { from?: Instant | undefined; to?: Instant | undefined },
  timeZone: string,
): { from: number | null; to: number | null } {
  const range = {
    from: from === undefined ? null : msOf('from', from, timeZone),
    to: to === undefined ? null : msOf('to', to, timeZone),
  }
  if (range.from !== null && range.to !== null) checkOrder({ from: range.from, to: range.to })
  return range
}

function checkOrder({ from, to }: Range): void {
  if (from < to) return
  throw wrongFields([
    {
      path: 'to',
      code: 'to_before_from',
      message: 'must be after `from`; it is not included, so for one day give the next one',
    },
  ])
}

/** In an address milliseconds are text too. */
function msOf(path: 'from' | 'to', value: Instant, timeZone: string): number {
  const given = typeof value === 'string' && /^\d{12,}$/.test(value) ? Number(value) : value
  const ms = timeMs(given, timeZone)
  if (ms !== null) return ms
  throw wrongFields([{ path, code: 'invalid_date', message: `\`${value}\` is no time` }])
}
