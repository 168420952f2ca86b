import type { Matcher } from './matcher.ts'
import { addOrder, type Ledger } from './money.ts'
import type { Scratch } from './scratch.ts'
import type { Tally } from './tally.ts'
import { visitEndedAt } from './visits.ts'

/** Adds what one visitor or visit reached to a tally. Its events end at `end`, and are read up to the time `until`. */
export function record(
  ledger: Ledger,
  matcher: Matcher,
  scratch: Scratch,
  end: number,
  until: number,
) {
  recordTimes(ledger.tally, matcher, scratch, end, until)
  recordRevenue(ledger, scratch)
}

function recordTimes(
  tally: Tally,
  matcher: Matcher,
  { candidates, reached }: Scratch,
  end: number,
  until: number,
) {
  const { at, positions } = candidates
  const { lengths, chains, stages } = reached
  // Going down, `next` is the required stage after `stage`, and `went` how long it took to go on.
  let next = -1
  let went = -1
  for (let stage = stages - 1; stage >= 0; stage--) {
    const length = lengths[stage]!
    const last = stage * stages + length - 1
    let took = -1
    if (length > 0) {
      const counted = tally.stages[stage]!
      counted.count++
      const event = chains[last]!
      if (length > 1) {
        took = at[event]! - at[chains[last - 1]!]!
        counted.time_to_stage.push(took)
      }
      if (stage === stages - 1)
        tally.time_to_convert.push(at[event]! - at[chains[stage * stages]!]!)
      if (next >= 0 && went >= 0) counted.continued.push(went)
      else if (next >= 0)
        counted.left.push(visitEndedAt(matcher, positions[event]!, end, until) - at[event]!)
    }
    if ((matcher.plan.required & (1 << stage)) === 0) continue
    next = stage
    went = took
  }
}

function recordRevenue(ledger: Ledger, { candidates, reached }: Scratch) {
  const { fills, stages } = reached
  for (let i = 0; i < candidates.length; i++) {
    const event = candidates.positions[i]!
    for (let filled = fills[i]!; filled !== 0; ) {
      const stage = 31 - Math.clz32(filled)
      filled ^= 1 << stage
      addOrder(ledger, stage, event)
      if (stage === stages - 1) ledger.tally.events++
    }
  }
}
