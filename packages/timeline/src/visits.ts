import { PRESENT } from './bits.ts'
import { VISIT_GAP_MS } from './funnel.ts'
import { type Matcher, maskOf } from './matcher.ts'
import type { Timelines } from './timeline.ts'

/** Where the visit that starts at `begin` ends: the next event after too long a gap, or `end`. */
export function visitEnd(matcher: Matcher, begin: number, end: number): number {
  let last = Infinity
  for (let i = begin; i < end; i++) {
    if ((maskOf(matcher, i) & PRESENT) === 0) continue
    const time = matcher.at[i]!
    if (time - last > VISIT_GAP_MS) return i
    last = time
  }
  return end
}

/** Where what is counted ends: the visit that starts at `begin`, or all of the visitor's events. */
export function unitEnd(matcher: Matcher, begin: number, end: number): number {
  return matcher.plan.funnel.unit === 'visit' ? visitEnd(matcher, begin, end) : end
}

/**
 * When the visit that an event stands in ended. Events are read up to `until` (to + window): what
 * happens to be stored after it must not change an answer.
 */
export function visitEndedAt(matcher: Matcher, event: number, end: number, until: number): number {
  let last = matcher.at[event]!
  for (let i = event + 1; i < end; i++) {
    if ((maskOf(matcher, i) & PRESENT) === 0) continue
    const time = matcher.at[i]!
    if (time - last > VISIT_GAP_MS || time > until) break
    last = time
  }
  return last
}

/** Calls back with where each visitor's, or with `unit: visit` each visit's, events begin and end. */
export function eachUnit(
  matcher: Matcher,
  { ends }: Timelines,
  callback: (begin: number, end: number, visitor: number) => void,
) {
  const isWhole = matcher.plan.funnel.unit === 'visitor'
  let begin = 0
  for (let visitor = 0; visitor < ends.length; visitor++) {
    const end = ends[visitor]!
    if (isWhole) callback(begin, end, visitor)
    else
      for (let next = begin; begin < end; begin = next) {
        next = visitEnd(matcher, begin, end)
        callback(begin, next, visitor)
      }
    begin = end
  }
}
