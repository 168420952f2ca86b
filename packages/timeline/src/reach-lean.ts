/**
 * What a visitor or visit reached, straight from the source's columns.
 *
 * The three steps of match-ordered.ts where there are neither exclusions nor `hold`, and of each chain
 * only the entry and the last event are kept. Where events that may matter stand at one time it gives
 * up, and the whole matching is asked. Most visitors of a shop look at a page or two: this is the way of
 * nearly all of them, and takes a sixth of the time.
 */
import { SEEN, STAGES } from './bits.ts'
import { firstAtOrAfter } from './candidates.ts'
import type { Range } from './funnel.ts'
import { type Matcher, maskOf } from './matcher.ts'
import { isPaid, type Money } from './money.ts'
import { clearOutcome, notePaid, type Outcome } from './outcome.ts'
import type { Plan } from './plan.ts'

/** Whether the funnel is one that this can answer. */
export const isLean = ({ funnel, exclusions }: Plan): boolean =>
  funnel.order === 'ordered' && funnel.hold === null && exclusions.length === 0

/** What each stage holds: of the chain with the latest entry when that was, the entry and the last event. Reused. */
export interface Tips {
  readonly entries: Float64Array
  readonly entry: Int32Array
  readonly last: Int32Array
}

export const emptyTips = ({ stages }: Plan): Tips => ({
  entries: new Float64Array(stages),
  entry: new Int32Array(stages),
  last: new Int32Array(stages),
})

/** False where it must be asked of the whole matching; nothing in `outcome` counts then. */
export function reachLean(
  matcher: Matcher,
  money: Money,
  begin: number,
  end: number,
  { from, to }: Range,
  tips: Tips,
  outcome: Outcome,
): boolean {
  const { at, plan } = matcher
  const { base, window_ms } = plan
  clearOutcome(outcome)
  const first = firstAtOrAfter(at, begin, end, from)
  let seen = 0
  let i = first
  for (; i < end && at[i]! < to; i++) {
    const mask = maskOf(matcher, i)
    seen |= mask
    if ((mask & 1) !== 0) break
  }
  outcome.isSeen = (seen & SEEN) !== 0
  if ((seen & 1) === 0) return true
  if (i > first && at[i - 1] === at[i]) return false
  const { entries, entry: tipEntry, last: tipLast } = tips
  for (let stage = 0; stage < entries.length; stage++) entries[stage] = -Infinity
  const { last, before, entry, fills } = outcome
  let reached = 0
  for (; i < end; i++) {
    const time = at[i]!
    if (time >= to && time - entries[0]! > window_ms) break
    let open = maskOf(matcher, i) & STAGES
    if (open === 0) continue
    if (i + 1 < end && at[i + 1] === time) return false
    const paid = isPaid(money, i)
    while (open > 1) {
      const stage = 31 - Math.clz32(open)
      const bit = 1 << stage
      open ^= bit
      const from = base[stage]!
      const brought = entries[from]!
      if (time - brought > window_ms) continue
      fills[stage]!++
      if (paid) notePaid(outcome, stage, i)
      if ((reached & bit) === 0) {
        reached |= bit
        last[stage] = i
        before[stage] = tipLast[from]!
        entry[stage] = tipEntry[from]!
      }
      if (brought <= entries[stage]!) continue
      entries[stage] = brought
      tipEntry[stage] = tipEntry[from]!
      tipLast[stage] = i
    }
    if (open === 0 || time >= to) continue
    fills[0]!++
    if (paid) notePaid(outcome, 0, i)
    if (reached === 0) {
      reached = 1
      last[0] = i
      before[0] = i
      entry[0] = i
    }
    entries[0] = time
    tipEntry[0] = i
    tipLast[0] = i
  }
  outcome.reached = reached
  return true
}
