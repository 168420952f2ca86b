import { SEEN } from '../matching/bits.ts'
import { firstAtOrAfter } from '../matching/candidates.ts'
import type { Range } from '../matching/funnel.ts'
import { type Matcher, maskOf } from '../matching/matcher.ts'
import { codeAt, type Rows } from './rows.ts'

/**
 * The code of the first or last value that the question sees from `from` up to and including the moment
 * of the event `until`; 0 where there is none.
 */
export function touch(
  rows: Rows,
  matcher: Matcher,
  { from }: Range,
  until: number,
  begin: number,
  end: number,
): number {
  const { at } = matcher
  if (rows.attribution === 'first_touch') {
    for (let i = firstAtOrAfter(at, begin, end, from); i < end && at[i]! <= at[until]!; i++)
      if (seenCodeAt(rows, matcher, i) !== 0) return leastOfMoment(rows, matcher, i, end)
    return 0
  }
  let i = until
  while (i + 1 < end && at[i + 1] === at[until]) i++
  for (; i >= begin && at[i]! >= from; i--) {
    if (seenCodeAt(rows, matcher, i) === 0) continue
    let first = i
    while (first > begin && at[first - 1] === at[i]) first--
    return leastOfMoment(rows, matcher, first, i + 1)
  }
  return 0
}

/** The code of an event's value; 0 where it is unset, or not seen. */
function seenCodeAt(rows: Rows, matcher: Matcher, event: number): number {
  const code = codeAt(rows, event)
  return code !== 0 && (maskOf(matcher, event) & SEEN) !== 0 ? code : 0
}

/** Of the values of one moment, which begins at `first`, the one that sorts first as text. */
function leastOfMoment(rows: Rows, matcher: Matcher, first: number, end: number): number {
  const { at } = matcher
  let least = 0
  for (let i = first; i < end && at[i] === at[first]; i++) {
    const code = seenCodeAt(rows, matcher, i)
    if (code !== 0 && (least === 0 || rows.texts[code]! < rows.texts[least]!)) least = code
  }
  return least
}
