/**
 * The row of a breakdown that a visitor or visit belongs to.
 *
 * First and last touch look through every event that the question sees, from `from` up to and
 * including the moment in which the furthest stage was first reached. `entry` and `stage:k` look at
 * one event of a chain (tied-values.ts says which where several would do).
 * Of one moment's values the one that sorts first as text is taken: nothing depends on how events are stored.
 */
import type { Range } from '../matching/funnel.ts'
import type { Matcher } from '../matching/matcher.ts'
import { eventOf, furthestOf } from '../matching/reached.ts'
import type { Scratch } from '../matching/scratch.ts'
import type { Rows } from './rows.ts'
import { codeOnChain } from './tied-values.ts'
import { touch } from './touch.ts'

/** The code of the value whose row what was matched last belongs to; its events stand from `begin` up to `end`, and it entered. */
export function codeOfRow(
  rows: Rows,
  matcher: Matcher,
  scratch: Scratch,
  range: Range,
  begin: number,
  end: number,
): number {
  const { candidates, reached } = scratch
  const { attribution } = rows
  const furthest = furthestOf(matcher.plan, reached) - 1
  if (attribution === 'entry') return codeOnChain(rows, matcher, scratch, range, furthest, 0)
  if (attribution !== 'first_touch' && attribution !== 'last_touch') {
    const stage = Number(attribution.slice('stage:'.length)) - 1
    const length = reached.lengths[stage] ?? 0
    return length === 0 ? 0 : codeOnChain(rows, matcher, scratch, range, stage, length - 1)
  }
  const last = eventOf(reached, furthest, reached.lengths[furthest]! - 1)
  return touch(rows, matcher, range, candidates.positions[last]!, begin, end)
}
