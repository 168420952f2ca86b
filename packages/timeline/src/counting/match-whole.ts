import { collect } from '../matching/candidates.ts'
import type { Range } from '../matching/funnel.ts'
import { matchCandidates } from '../matching/match-candidates.ts'
import type { Matcher } from '../matching/matcher.ts'
import { clearReached } from '../matching/reached.ts'
import type { Scratch } from '../matching/scratch.ts'
import { visitEndedAt } from '../matching/visits.ts'
import { addDuration, CONTINUED, ENDED, KINDS, TOOK } from './durations.ts'
import type { Money } from './money.ts'
import type { Sums } from './sums.ts'

/**
 * The whole matching of one unit, its events from `begin` up to `end`, into `scratch`. Says whether the question
 * sees any event of it in the range.
 */
export function matchWhole(
  matcher: Matcher,
  begin: number,
  end: number,
  range: Range,
  scratch: Scratch,
): boolean {
  const { candidates, reached } = scratch
  const seen = collect(matcher, begin, end, range, candidates)
  if (candidates.length > 0) matchCandidates(matcher, range, scratch)
  else clearReached(reached, 0)
  return seen
}

/** Adds what was matched last, of a unit that ends at `end`, to a row of `sums`. */
export function addMatched(
  matcher: Matcher,
  money: Money | null,
  range: Range,
  end: number,
  scratch: Scratch,
  sums: Sums,
  row: number,
) {
  const { stages, lengths } = scratch.reached
  for (let stage = 0; stage < stages; stage++) {
    if (lengths[stage] === 0) continue
    sums.counts[row * stages + stage]!++
    if (money) addTimes(matcher, scratch, range, end, sums, row, stage)
  }
  addFills(money, scratch, sums, row)
}

/** How long a stage that was reached took, and what came after it. */
function addTimes(
  matcher: Matcher,
  { candidates, reached }: Scratch,
  { to }: Range,
  end: number,
  sums: Sums,
  row: number,
  stage: number,
) {
  const { next, required, window_ms } = matcher.plan
  const { lengths, chains, stages } = reached
  const timeOf = (stage: number, place: number) => candidates.at[chains[stage * stages + place]!]!
  const took = (stage: number, length: number) =>
    timeOf(stage, length - 1) - timeOf(stage, length - 2)
  const note = (what: number, ms: number) =>
    addDuration(sums.durations.kinds[stage * KINDS + what]!, row, ms)
  const length = lengths[stage]!
  if (length > 1) note(TOOK, took(stage, length))
  const after = next[stage]!
  if (after === -1) {
    note(ENDED, timeOf(stage, length - 1) - timeOf(stage, 0))
  } else if (lengths[after] === 0) {
    const last = candidates.positions[chains[stage * stages + length - 1]!]!
    const ended = visitEndedAt(matcher, last, end, to - 1 + window_ms)
    note(ENDED, ended - matcher.at[last]!)
  } else if ((required & (1 << stage)) === 0) note(CONTINUED, took(after, lengths[after]!))
}

function addFills(money: Money | null, { candidates, reached }: Scratch, sums: Sums, row: number) {
  for (let i = 0; i < candidates.length; i++) {
    const event = candidates.positions[i]!
    for (let filled = reached.fills[i]!; filled !== 0; ) {
      const stage = 31 - Math.clz32(filled)
      filled ^= 1 << stage
      sums.fills[row * reached.stages + stage]!++
      if (money === null || (money.stages & (1 << stage)) === 0) continue
      sums.paid[sums.paidLength++] = row * reached.stages + stage
      sums.paid[sums.paidLength++] = event
    }
  }
}
