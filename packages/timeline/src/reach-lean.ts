/**
 * Which stages a visitor or visit reached, and no more, straight from the source's columns.
 *
 * The three steps of match-ordered.ts where there are neither exclusions nor `hold`, without chains or
 * fills. Where two events that matter stand at one time it gives up, and the whole matching is asked.
 */
import { STAGES } from './bits.ts'
import { firstAtOrAfter } from './candidates.ts'
import type { Range } from './funnel.ts'
import { type Matcher, maskOf } from './matcher.ts'
import type { Plan } from './plan.ts'

/** Whether the funnel is one that this can answer. */
export const isLean = ({ funnel, exclusions }: Plan): boolean =>
  funnel.order === 'ordered' && funnel.hold === null && exclusions.length === 0

/** The stages reached, as bits; -1 where it must be asked of the whole matching. `entries` is room for one number a stage. */
export function reachLean(
  matcher: Matcher,
  begin: number,
  end: number,
  range: Range,
  entries: Float64Array,
): number {
  const { at, names, nameMasks, columns, plan } = matcher
  const { base, window_ms } = plan
  const { from, to } = range
  const first = firstAtOrAfter(at, begin, end, from)
  let i = first
  while (i < end && ((nameMasks[names[i]!]! & 1) === 0 || (maskOf(matcher, i) & 1) === 0)) i++
  if (i === end || at[i]! >= to) return 0
  if (i > first && at[i - 1] === at[i]) return -1
  for (let stage = 0; stage < entries.length; stage++) entries[stage] = -Infinity
  let reached = 1
  for (; i < end; i++) {
    const time = at[i]!
    if (time >= to && time - entries[0]! > window_ms) break
    let open = nameMasks[names[i]!]! & STAGES
    if (open === 0) continue
    for (let c = 0; c < columns.length; c++) open &= columns[c]!.masks[columns[c]!.codes[i]!]!
    if (open === 0) continue
    if (i + 1 < end && at[i + 1] === time) return -1
    while (open > 1) {
      const stage = 31 - Math.clz32(open)
      open ^= 1 << stage
      const brought = entries[base[stage]!]!
      if (time - brought > window_ms) continue
      reached |= 1 << stage
      if (brought > entries[stage]!) entries[stage] = brought
    }
    if (open === 1 && time < to) entries[0] = time
  }
  return reached
}
