import { STAGES } from './bits.ts'
import { type Candidates, clearCandidates, collect, emptyCandidates } from './candidates.ts'
import type { Range } from './funnel.ts'
import { selectHeld, valuesAt } from './match-hold.ts'
import { matchPlain } from './match-plain.ts'
import type { Matcher } from './matcher.ts'
import { furthestOf } from './reached.ts'
import { scratchOf } from './scratch.ts'

/** Whether the next event, at a time, could still take the events from `begin` up to `end` further than stage `furthest`. */
export function couldGoOn(
  matcher: Matcher,
  begin: number,
  end: number,
  range: Range,
  furthest: number,
  at: number,
): boolean {
  const { plan, hold } = matcher
  const scratch = scratchOf(plan)
  const { candidates, own, held, reached } = scratch
  collect(matcher, begin, end, range, candidates)
  const isFurther = (some: Candidates) => {
    matchPlain(plan, withNext(some, at), range, held, reached)
    return furthestOf(plan, reached) > furthest
  }
  if (plan.funnel.hold === null) return isFurther(candidates)
  if (hold === null) return false
  const values = Array.from({ length: candidates.length }, (_, i) => valuesAt(hold, candidates, i))
  return [...new Set(values.flat())].some((value) => {
    selectHeld(hold, value, candidates, own.candidates)
    return isFurther(own.candidates)
  })
}

/** The same with one more event that matches every stage. */
function withNext({ at, masks, positions, length }: Candidates, next: number): Candidates {
  const more = emptyCandidates()
  clearCandidates(more, length + 1)
  more.at.set(at.subarray(0, length))
  more.masks.set(masks.subarray(0, length))
  more.positions.set(positions.subarray(0, length))
  more.at[length] = Math.max(next, length === 0 ? next : at[length - 1]!)
  more.masks[length] = STAGES
  more.positions[length] = -1
  more.length = length + 1
  return more
}
