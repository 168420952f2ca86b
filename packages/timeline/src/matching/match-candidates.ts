import type { Range } from './funnel.ts'
import { matchHold } from './match-hold.ts'
import { matchPlain } from './match-plain.ts'
import type { Matcher } from './matcher.ts'
import type { Reached } from './reached.ts'
import type { Scratch } from './scratch.ts'

/** Matches what was collected into `scratch.candidates`. */
export function matchCandidates(
  { plan, hold }: Matcher,
  range: Range,
  scratch: Scratch,
  reached: Reached = scratch.reached,
) {
  const { candidates, held } = scratch
  if (plan.funnel.hold === null) matchPlain(plan, candidates, range, held, reached)
  else matchHold(plan, hold, candidates, range, scratch, reached)
}
