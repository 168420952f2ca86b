import { collect } from './candidates.ts'
import type { Range } from './funnel.ts'
import { matchCandidates } from './match-candidates.ts'
import type { Matcher } from './matcher.ts'
import { isPaid, type Money } from './money.ts'
import { type Outcomes, reservePaid } from './outcomes.ts'
import type { Scratch } from './scratch.ts'
import { visitEndedAt } from './visits.ts'

/**
 * What one unit, its events from `begin` up to `end`, reached by the whole matching, written to place
 * `index` of `outcomes`. Says whether it entered: then `scratch` holds the matching.
 */
export function matchWhole(
  matcher: Matcher,
  money: Money | null,
  begin: number,
  end: number,
  range: Range,
  scratch: Scratch,
  outcomes: Outcomes,
  index: number,
): boolean {
  const { candidates, reached } = scratch
  const { stages } = reached
  const { plan } = matcher
  const own = index * stages
  outcomes.seen[index] = collect(matcher, begin, end, range, candidates) ? 1 : 0
  outcomes.reached[index] = 0
  if (candidates.length === 0) return false
  matchCandidates(matcher, range, scratch)
  for (let stage = 0; stage < stages; stage++) {
    const length = reached.lengths[stage]!
    if (length === 0) continue
    outcomes.reached[index]! |= 1 << stage
    const row = stage * stages
    const [first, final] = [reached.chains[row]!, reached.chains[row + length - 1]!]
    outcomes.entry[own + stage] = candidates.positions[first]!
    outcomes.last[own + stage] = candidates.positions[final]!
    if (length > 1)
      outcomes.took[own + stage] =
        candidates.at[final]! - candidates.at[reached.chains[row + length - 2]!]!
    const next = plan.next[stage]!
    if (next === -1 || reached.lengths[next] !== 0) continue
    const until = range.to + plan.window_ms
    const ended = visitEndedAt(matcher, candidates.positions[final]!, end, until)
    outcomes.left[own + stage] = ended - candidates.at[final]!
  }
  noteFills(money, scratch, outcomes, own)
  return reached.lengths[0] !== 0
}

function noteFills(
  money: Money | null,
  { candidates, reached }: Scratch,
  outcomes: Outcomes,
  own: number,
) {
  reservePaid(outcomes, candidates.length * reached.stages)
  for (let i = 0; i < candidates.length; i++) {
    const event = candidates.positions[i]!
    const paid = money !== null && isPaid(money, event)
    for (let filled = reached.fills[i]!; filled !== 0; ) {
      const stage = 31 - Math.clz32(filled)
      filled ^= 1 << stage
      outcomes.fills[own + stage]!++
      if (!paid) continue
      outcomes.paid[outcomes.paidLength++] = own + stage
      outcomes.paid[outcomes.paidLength++] = event
    }
  }
}
