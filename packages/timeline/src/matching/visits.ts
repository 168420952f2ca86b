import { PRESENT } from './bits.ts'
import { VISIT_GAP_MS } from './funnel.ts'
import { type Matcher, maskOf } from './matcher.ts'

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
 * When the visit that an event stands in ended. Events are read up to `until`, the last moment at which
 * a chain may end: what happens to be stored after it must not change an answer.
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
