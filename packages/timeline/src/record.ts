import type { Matcher } from './matcher.ts'
import type { Outcome } from './outcome.ts'
import type { StageTally, Tally } from './tally.ts'
import { addTime } from './times.ts'
import { visitEndedAt } from './visits.ts'

/** Adds one to every stage that was reached. */
export function recordCounts({ stages }: Tally, { reached }: Outcome) {
  for (let left = reached; left !== 0; left &= left - 1)
    stages[31 - Math.clz32(left & -left)]!.count++
}

/** Adds how long it took, and what filled. The events of who is counted end at `end`, and are read up to the time `until`. */
export function recordTimes(
  { stages, time_to_convert }: Tally,
  matcher: Matcher,
  { reached, last, before, entry, fills }: Outcome,
  end: number,
  until: number,
) {
  const { at, plan } = matcher
  const converting = plan.stages - 1
  // Going down, `next` is the required stage after `stage`, and `took` how long it took to get to that from before it.
  let next = -1
  let took = 0
  for (let stage = converting; stage >= 0; stage--) {
    const bit = 1 << stage
    const isRequired = (plan.required & bit) !== 0
    if ((reached & bit) !== 0) {
      const tally: StageTally = stages[stage]!
      const event = last[stage]!
      const time = at[event]!
      tally.fills += fills[stage]!
      if (next >= 0 && (reached & (1 << next)) === 0)
        addTime(tally.left, visitEndedAt(matcher, event, end, until) - time)
      else if (next >= 0 && !isRequired) addTime(tally.continued, took)
      if (stage > 0) {
        const since = time - at[before[stage]!]!
        addTime(tally.time_to_stage, since)
        if (isRequired) took = since
      }
      if (stage === converting) addTime(time_to_convert, time - at[entry[stage]!]!)
    }
    if (isRequired) next = stage
  }
}
