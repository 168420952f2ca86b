/**
 * The row of a breakdown that a visitor or visit belongs to.
 *
 * First and last touch look through every event that the question sees, from `from` up to and
 * including the moment in which the furthest stage was first reached. `entry` and `stage:k` look at
 * one event of a chain (tied-values.ts says which where several would do).
 * Of one moment's values the one that sorts first as text is taken: nothing depends on how events are stored.
 */
import { SEEN } from './bits.ts'
import { firstAtOrAfter } from './candidates.ts'
import type { Range } from './funnel.ts'
import { type Matcher, maskOf } from './matcher.ts'
import { eventOf, furthestOf } from './reached.ts'
import { type Rows, textAt } from './rows.ts'
import type { Scratch } from './scratch.ts'
import { valueOnChain } from './tied-values.ts'

/** The row of what was matched last; its events stand from `begin` up to `end`, and it entered. */
export function rowOf(
  rows: Rows,
  matcher: Matcher,
  scratch: Scratch,
  range: Range,
  begin: number,
  end: number,
): string | null {
  const { candidates, reached } = scratch
  const { attribution } = rows
  const furthest = furthestOf(matcher.plan, reached) - 1
  if (attribution === 'entry') return valueOnChain(rows, matcher, scratch, range, furthest, 0)
  if (attribution !== 'first_touch' && attribution !== 'last_touch') {
    const stage = Number(attribution.slice('stage:'.length)) - 1
    const length = reached.lengths[stage] ?? 0
    return length === 0 ? null : valueOnChain(rows, matcher, scratch, range, stage, length - 1)
  }
  const last = eventOf(reached, furthest, reached.lengths[furthest]! - 1)
  const until = candidates.at[last]!
  return touch(attribution === 'first_touch', rows, matcher, range.from, until, begin, end)
}

function touch(
  isFirst: boolean,
  rows: Rows,
  matcher: Matcher,
  from: number,
  until: number,
  begin: number,
  end: number,
): string | null {
  const { at } = matcher
  let best: string | null = null
  let bestAt = 0
  for (let i = firstAtOrAfter(at, begin, end, from); i < end && at[i]! <= until; i++) {
    const time = at[i]!
    if (isFirst && best !== null && time > bestAt) break
    const text = textAt(rows, i)
    if (text === null || (maskOf(matcher, i) & SEEN) === 0) continue
    if (best !== null && time === bestAt && text > best) continue
    best = text
    bestAt = time
  }
  return best
}
