import { collect } from './candidates.ts'
import type { Range } from './funnel.ts'
import { matchCandidates } from './match-candidates.ts'
import type { Matcher } from './matcher.ts'
import { isPaid, type Money } from './money.ts'
import { clearOutcome, notePaid, type Outcome } from './outcome.ts'
import type { Scratch } from './scratch.ts'

/** What a visitor or visit reached, by the whole matching: `scratch` holds it afterwards, where it entered. */
export function reachWhole(
  matcher: Matcher,
  money: Money,
  begin: number,
  end: number,
  range: Range,
  scratch: Scratch,
  outcome: Outcome,
) {
  const { candidates, reached } = scratch
  clearOutcome(outcome)
  outcome.isSeen = collect(matcher, begin, end, range, candidates)
  if (candidates.length === 0) return
  matchCandidates(matcher, range, scratch)
  const { stages, lengths, chains } = reached
  for (let stage = 0; stage < stages; stage++) {
    const length = lengths[stage]!
    if (length === 0) continue
    const row = stage * stages
    const positionOf = (index: number) => candidates.positions[chains[row + index]!]!
    outcome.reached |= 1 << stage
    outcome.last[stage] = positionOf(length - 1)
    outcome.before[stage] = positionOf(Math.max(0, length - 2))
    outcome.entry[stage] = positionOf(0)
  }
  noteFills(money, scratch, outcome)
}

function noteFills(money: Money, { candidates, reached }: Scratch, outcome: Outcome) {
  for (let i = 0; i < candidates.length; i++) {
    const event = candidates.positions[i]!
    const paid = isPaid(money, event)
    for (let filled = reached.fills[i]!; filled !== 0; ) {
      const stage = 31 - Math.clz32(filled)
      filled ^= 1 << stage
      outcome.fills[stage]!++
      if (paid) notePaid(outcome, stage, event)
    }
  }
}
