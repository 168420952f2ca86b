/**
 * What many units reached, straight from the source's columns, in one loop.
 *
 * The three steps of match-ordered.ts where there are neither exclusions nor `hold`, and of each chain
 * only the entry and the last event are kept. Where events that may matter stand at one time it gives
 * up, and the whole matching is asked. Most visitors of a shop look at a page or two: nearly all go this
 * way. One loop over units, not a function for each: entering it again for every visitor took as long
 * as matching.
 */
import { PRESENT, SEEN, STAGES } from './bits.ts'
import { VISIT_GAP_MS } from './funnel.ts'
import type { Matcher } from './matcher.ts'
import type { Money } from './money.ts'
import { type Outcomes, reservePaid } from './outcomes.ts'
import type { Plan } from './plan.ts'
import type { Units } from './units.ts'

/** Whether the funnel is one that this can answer. */
export const isLean = ({ funnel, exclusions }: Plan): boolean =>
  funnel.order === 'ordered' && funnel.hold === null && exclusions.length === 0

/** What each stage holds: of the chain with the latest entry when that entered, its entry, and when its last event was. Reused. */
export interface Tips {
  readonly entries: Float64Array
  readonly entry: Int32Array
  readonly lastAt: Float64Array
}

export const emptyTips = ({ stages }: Plan): Tips => ({
  entries: new Float64Array(stages),
  entry: new Int32Array(stages),
  lastAt: new Float64Array(stages),
})

/**
 * Matches units from `first` up to, not including, `end`; those that must be asked of the whole matching
 * stand in `outcomes.ties` afterwards. `money` is null where only counts are asked for.
 *
 * There is no call in its loops, however seldom: after one, V8 would read every array's address and
 * length again, which took as long as the rest.
 */
export function matchLean(
  { at, names, nameMasks, masks, plan }: Matcher,
  money: Money | null,
  edges: Float64Array,
  units: Units,
  first: number,
  end: number,
  { entries, entry: tipEntry, lastAt }: Tips,
  outcomes: Outcomes,
) {
  const { window_ms, stages, base, next } = plan
  const { begin: begins, end: ends, bucket } = units
  const { seen: seenOf, reached: reachedOf, last, entry, took, left, fills, ties } = outcomes
  let most = 0
  if (money !== null)
    for (let unit = first; unit < end; unit++) most += (ends[unit]! - begins[unit]!) * stages
  reservePaid(outcomes, most)
  const { paid } = outcomes
  const isTimed = money !== null
  const paidNames = money?.names ?? nameMasks
  const amounts = money?.amountCodes ?? null
  const currencies = money?.currencyCodes ?? null
  let paidLength = 0
  let tiesLength = 0
  for (let unit = first; unit < end; unit++) {
    const begin = begins[unit]!
    const until = ends[unit]!
    const from = edges[bucket[unit]!]!
    const to = edges[bucket[unit]! + 1]!
    const own = (unit - first) * stages
    let i = begin
    let seen = 0
    for (; i < until; i++) {
      const time = at[i]!
      if (time >= to) break
      if (time < from) continue
      seen |= masks === null ? nameMasks[names[i]!]! : masks[i]!
      if ((seen & 1) !== 0) break
    }
    seenOf[unit - first] = seen & SEEN ? 1 : 0
    reachedOf[unit - first] = 0
    if ((seen & 1) === 0) continue
    if (i > begin && at[i - 1] === at[i]) {
      ties[tiesLength++] = unit
      continue
    }
    last[own] = i
    entry[own] = i
    for (let stage = 1; stage < stages; stage++) entries[stage] = -Infinity
    let reached = 1
    // What the first stage holds, and how often it was filled: in registers, for most events are of it.
    let held = i
    let entered = -Infinity
    let filled = 0
    let previous = -Infinity
    const paidBefore = paidLength
    for (; i < until; i++) {
      const time = at[i]!
      if (time >= to && time - entered > window_ms) break
      let open = (masks === null ? nameMasks[names[i]!]! : masks[i]!) & STAGES
      if (open === 0) continue
      if (time === previous) {
        reached = 0
        break
      }
      previous = time
      const isPaid =
        isTimed &&
        paidNames[names[i]!] !== 0 &&
        ((amounts !== null && amounts[i] !== 0) || (currencies !== null && currencies[i] !== 0))
      while (open > 1) {
        const stage = 31 - Math.clz32(open)
        open ^= 1 << stage
        const before = base[stage]!
        const brought = before === 0 ? entered : entries[before]!
        if (time - brought > window_ms) continue
        fills[own + stage]!++
        if (isPaid) {
          paid[paidLength++] = own + stage
          paid[paidLength++] = i
        }
        const isFirst = (reached & (1 << stage)) === 0
        if (!isFirst && brought <= entries[stage]!) continue
        const chained = before === 0 ? held : tipEntry[before]!
        if (isFirst) {
          reached |= 1 << stage
          last[own + stage] = i
          entry[own + stage] = chained
          took[own + stage] = time - (before === 0 ? entered : lastAt[before]!)
        }
        entries[stage] = brought
        tipEntry[stage] = chained
        lastAt[stage] = time
      }
      if (open === 0 || time >= to) continue
      if (isPaid) {
        paid[paidLength++] = own
        paid[paidLength++] = i
      }
      filled++
      held = i
      entered = time
    }
    reachedOf[unit - first] = reached
    if (reached === 0) {
      ties[tiesLength++] = unit
      paidLength = paidBefore
      for (let stage = 1; stage < stages; stage++) fills[own + stage] = 0
      continue
    }
    fills[own] = filled
    if (!isTimed) continue
    // See visitEndedAt: when the visit ended of who did not go on.
    for (let open = reached; open !== 0; open &= open - 1) {
      const stage = 31 - Math.clz32(open & -open)
      if (next[stage] === -1 || (reached & (1 << next[stage]!)) !== 0) continue
      const event = last[own + stage]!
      let ended = at[event]!
      for (let i = event + 1; i < until; i++) {
        if (((masks === null ? nameMasks[names[i]!]! : masks[i]!) & PRESENT) === 0) continue
        const time = at[i]!
        if (time - ended > VISIT_GAP_MS || time - to > window_ms) break
        ended = time
      }
      left[own + stage] = ended - at[event]!
    }
  }
  outcomes.paidLength = paidLength
  outcomes.tiesLength = tiesLength
}
