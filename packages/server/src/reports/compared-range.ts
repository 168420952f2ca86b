import { instant, instantMs } from '@weir/contract'
import type { Range } from '@weir/timeline'
import { z } from 'zod'
import { ProblemError, wrongFields } from '../problems.ts'
import { resolveRange } from './resolve-range.ts'

const ends = z.tuple([instant, instant])

/** The other range of a comparison: `previous` is as long and ends where this one begins; else `A..B`. */
export function comparedRange(text: string, range: Range, timeZone: string): Range {
  if (text === 'previous') {
    const from = 2 * range.from - range.to
    if (instantMs(from) !== null) return { from, to: range.from }
    throw wrong('the range before this one begins before the year 1')
  }
  const parts = text.split('..')
  if (parts.length !== 2 || parts.includes(''))
    throw wrong('must be `previous`, or two dates like 2026-09-01..2026-10-01')
  const read = ends.safeParse(parts)
  if (!read.success) throw wrong(read.error.issues.map(({ message }) => message).join('; '))
  const [from, to] = read.data
  try {
    return resolveRange({ from, to }, timeZone)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    throw wrong('the second date must be after the first; it is not included')
  }
}

const wrong = (message: string) => wrongFields([{ path: 'compare', code: 'invalid', message }])
