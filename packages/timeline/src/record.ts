import type { Matcher } from './matcher.ts'
import { BATCH, type Outcomes } from './outcomes.ts'
import type { FunnelTally, Tally } from './tally.ts'
import { addTime, appendTimes } from './times.ts'
import type { Units } from './units.ts'

/** Adds the outcomes of `count` units to one tally, stage by stage: no array is looked up again for a visitor. */
export function recordInOne(
  tally: FunnelTally,
  { plan, at }: Matcher,
  isTimed: boolean,
  count: number,
  { seen, reached: reachedOf, last, entry, took, left, fills }: Outcomes,
) {
  const { stages, next: nextOf, required } = plan
  for (let unit = 0; unit < count; unit++) tally.site_visitors += seen[unit]!
  for (let stage = 0; stage < stages; stage++) {
    const counted = tally.stages[stage]!
    const next = nextOf[stage]!
    const goesOn = next === -1 ? 0 : 1 << next
    const isOptional = (required & (1 << stage)) === 0
    let reachedIt = 0
    let filled = 0
    let wentOn = 0
    let stayed = 0
    for (let unit = 0; unit < count; unit++) {
      const reached = reachedOf[unit]!
      if ((reached & (1 << stage)) === 0) continue
      const own = unit * stages + stage
      filled += fills[own]!
      fills[own] = 0
      TOOK[reachedIt++] = took[own]!
      if (next === -1) STAYED[stayed++] = at[last[own]!]! - at[entry[own]!]!
      else if ((reached & goesOn) === 0) STAYED[stayed++] = left[own]!
      else if (isOptional) WENT_ON[wentOn++] = took[own - stage + next]!
    }
    counted.count += reachedIt
    counted.fills += filled
    if (!isTimed) continue
    if (stage > 0) appendTimes(counted.time_to_stage, TOOK, reachedIt)
    appendTimes(next === -1 ? tally.time_to_convert : counted.left, STAYED, stayed)
    appendTimes(counted.continued, WENT_ON, wentOn)
  }
}

const TOOK = new Float64Array(BATCH)
const WENT_ON = new Float64Array(BATCH)
const STAYED = new Float64Array(BATCH)

/** Adds the outcomes of the units from `first` up to, not including, `end`, each to the tally that `tallyOf` gives. */
export function recordEach(
  tallies: readonly FunnelTally[],
  { plan, at }: Matcher,
  isTimed: boolean,
  units: Units,
  first: number,
  end: number,
  { seen, reached: reachedOf, last, entry, took, left, fills }: Outcomes,
  rowOf: ((unit: number) => Tally) | null,
) {
  const { stages, next: nextOf, required } = plan
  for (let unit = first; unit < end; unit++) {
    const total = tallies[units.bucket[unit]!]!
    total.site_visitors += seen[unit - first]!
    const reached = reachedOf[unit - first]!
    if (reached === 0) continue
    const tally: Tally = rowOf === null ? total : rowOf(unit)
    for (let open = reached; open !== 0; open &= open - 1) {
      const stage = 31 - Math.clz32(open & -open)
      const own = (unit - first) * stages + stage
      const counted = tally.stages[stage]!
      counted.count++
      counted.fills += fills[own]!
      fills[own] = 0
      if (!isTimed) continue
      const next = nextOf[stage]!
      if (stage > 0) addTime(counted.time_to_stage, took[own]!)
      if (next === -1) addTime(tally.time_to_convert, at[last[own]!]! - at[entry[own]!]!)
      else if ((reached & (1 << next)) === 0) addTime(counted.left, left[own]!)
      else if ((required & (1 << stage)) === 0)
        addTime(counted.continued, took[own - stage + next]!)
    }
  }
}
