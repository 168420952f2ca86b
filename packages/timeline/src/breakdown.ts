/**
 * The row of a breakdown that a visitor or visit belongs to.
 *
 * First and last touch look through every event that the question sees, from `from` up to and
 * including the moment in which the furthest stage was first reached. `entry` and `stage:k` look at
 * one event of a chain (tied-values.ts says which where several would do).
 * Of one moment's values the one that sorts first as text is taken: nothing depends on how events are stored.
 */
import type { Range } from './funnel.ts'
import type { Matcher } from './matcher.ts'
import type { Outcomes } from './outcomes.ts'
import { eventOf, furthestOf } from './reached.ts'
import type { Rows } from './rows.ts'
import type { Scratch } from './scratch.ts'
import { valueOnChain } from './tied-values.ts'
import { touch } from './touch.ts'

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
  return rows.texts[touch(rows, matcher, range, candidates.positions[last]!, begin, end)]!
}

/** The same of a lean outcome, where no two events of a chain stand at one time: the code of the value. */
export function codeOfRow(
  rows: Rows,
  matcher: Matcher,
  { reached: reachedOf, last, entry }: Outcomes,
  index: number,
  range: Range,
  begin: number,
  end: number,
): number {
  const { attribution, codes } = rows
  if (codes === null) return 0
  const { stages, required } = matcher.plan
  const reached = reachedOf[index]!
  const own = index * stages
  const furthest = own + 31 - Math.clz32(reached & required)
  if (attribution === 'entry') return codes[entry[furthest]!]!
  if (attribution === 'first_touch' || attribution === 'last_touch')
    return touch(rows, matcher, range, last[furthest]!, begin, end)
  const stage = Number(attribution.slice('stage:'.length)) - 1
  return (reached & (1 << stage)) === 0 ? 0 : codes[last[own + stage]!]!
}
