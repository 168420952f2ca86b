import { collect } from './candidates.ts'
import type { Range } from './funnel.ts'
import { matchCandidates } from './match-candidates.ts'
import type { Matcher } from './matcher.ts'
import type { Money } from './money.ts'
import type { Outcomes } from './outcomes.ts'
import type { Scratch } from './scratch.ts'
import { addDuration, CONTINUED, ENDED, KINDS, STAGE_BITS, type Sums, TOOK } from './sums.ts'
import { visitEndedAt } from './visits.ts'

/** Whether the question sees any event of a unit in the range, and whether it entered. */
export interface Matched {
  readonly seen: boolean
  readonly entered: boolean
}

/**
 * What one unit, its events from `begin` up to `end`, reached by the whole matching: written to place `unit`
 * of `outcomes`, and added to a row of `sums`. If it entered, `scratch` holds the matching.
 */
export function matchWhole(
  matcher: Matcher,
  money: Money | null,
  begin: number,
  end: number,
  range: Range,
  scratch: Scratch,
  outcomes: Outcomes,
  unit: number,
  sums: Sums,
  row: number,
): Matched {
  const { candidates, reached } = scratch
  const { stages } = reached
  const seen = collect(matcher, begin, end, range, candidates)
  outcomes.reached[unit] = 0
  if (candidates.length === 0) return { seen, entered: false }
  matchCandidates(matcher, range, scratch)
  for (let stage = 0; stage < stages; stage++) {
    const length = reached.lengths[stage]!
    if (length === 0) continue
    const chain = stage * stages
    outcomes.reached[unit]! |= 1 << stage
    outcomes.entry[unit * stages + stage] = candidates.positions[reached.chains[chain]!]!
    outcomes.last[unit * stages + stage] =
      candidates.positions[reached.chains[chain + length - 1]!]!
    sums.counts[row * stages + stage]!++
    if (money) addTimes(matcher, scratch, range, end, sums, row, stage)
  }
  addFills(money, scratch, sums, row)
  return { seen, entered: reached.lengths[0] !== 0 }
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
  const kind = stage * KINDS
  const length = lengths[stage]!
  if (length > 1) addDuration(sums, row, kind + TOOK, took(stage, length))
  const after = next[stage]!
  if (after === -1) {
    addDuration(sums, row, kind + ENDED, timeOf(stage, length - 1) - timeOf(stage, 0))
  } else if (lengths[after] === 0) {
    const last = candidates.positions[chains[stage * stages + length - 1]!]!
    const ended = visitEndedAt(matcher, last, end, to - 1 + window_ms)
    addDuration(sums, row, kind + ENDED, ended - matcher.at[last]!)
  } else if ((required & (1 << stage)) === 0)
    addDuration(sums, row, kind + CONTINUED, took(after, lengths[after]!))
}

function addFills(money: Money | null, { candidates, reached }: Scratch, sums: Sums, row: number) {
  for (let i = 0; i < candidates.length; i++) {
    const event = candidates.positions[i]!
    for (let filled = reached.fills[i]!; filled !== 0; ) {
      const stage = 31 - Math.clz32(filled)
      filled ^= 1 << stage
      sums.fills[row * reached.stages + stage]!++
      if (money === null || (money.stages & (1 << stage)) === 0) continue
      sums.paid[sums.paidLength++] = (row << STAGE_BITS) | stage
      sums.paid[sums.paidLength++] = event
    }
  }
}
