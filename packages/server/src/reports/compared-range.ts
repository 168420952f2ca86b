import { instantMs } from '@weir/contract'
import type { Range } from '@weir/timeline'
import { wrongFields } from '../problems.ts'
import { resolveRange } from './resolve-range.ts'

/** The other range of a comparison: `previous` is as long and ends where this one begins; else `A..B`. */
export function comparedRange(text: string, range: Range, timeZone: string): Range {
  if (text === 'previous') {
    const from = 2 * range.from - range.to
    if (instantMs(from) !== null) return { from, to: range.from }
    const message = 'the range before this one begins before the year 1'
    throw wrongFields([{ path: 'compare', code: 'invalid', message }])
  }
  const [from, to, ...more] = text.split('..')
  if (from && to && more.length === 0) return resolveRange({ from, to }, timeZone, 'compare')
  const message = 'must be `previous`, or two dates like 2026-09-01..2026-10-01'
  throw wrongFields([{ path: 'compare', code: 'invalid', message }])
}
