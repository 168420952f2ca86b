import { COOKIELESS, RELEVANT, SEEN } from './bits.ts'
import type { Range } from './funnel.ts'
import { type Matcher, maskOf } from './matcher.ts'

/** The events of one visitor or visit that matter to a match, in order. Reused, never shared. */
export interface Candidates {
  length: number
  at: Float64Array
  /** Their stages and exclusions. */
  masks: Int32Array
  /** Where they stand in the source. */
  positions: Int32Array
}

export const emptyCandidates = (): Candidates => ({
  length: 0,
  at: new Float64Array(0),
  masks: new Int32Array(0),
  positions: new Int32Array(0),
})

/** Empties the candidates and makes room for that many. */
export function clearCandidates(candidates: Candidates, room: number) {
  candidates.length = 0
  if (candidates.at.length >= room) return
  candidates.at = new Float64Array(room * 2)
  candidates.masks = new Int32Array(room * 2)
  candidates.positions = new Int32Array(room * 2)
}

/**
 * Collects what matters among the events from `begin` up to `end`: from the moment of the first
 * entry until the window of the last one has passed; nothing where there is no entry.
 * Says whether the question sees any event in the range.
 */
export function collect(
  matcher: Matcher,
  begin: number,
  end: number,
  range: Range,
  into: Candidates,
): boolean {
  const { at, plan } = matcher
  const { window_ms, openers } = plan
  const { from, to } = range
  into.length = 0
  let seen = 0
  let i = firstAtOrAfter(at, begin, end, from)
  const first = i
  for (; i < end && at[i]! < to; i++) {
    const mask = maskOf(matcher, i)
    seen |= mask
    if ((mask & openers) !== 0) break
  }
  if (i < end && at[i]! < to) {
    clearCandidates(into, end - first)
    while (i > first && at[i - 1] === at[i]) i--
    fill(matcher, i, end, to, window_ms, openers, into)
  }
  return (seen & SEEN) !== 0
}

function fill(
  matcher: Matcher,
  begin: number,
  end: number,
  to: number,
  window_ms: number,
  openers: number,
  into: Candidates,
) {
  const { at } = matcher
  const { at: times, masks, positions } = into
  let length = 0
  let entry = at[begin]!
  for (let i = begin; i < end; i++) {
    const time = at[i]!
    if (time >= to && time - entry > window_ms) break
    const mask = maskOf(matcher, i) & RELEVANT
    if (mask === 0) continue
    if ((mask & openers) !== 0 && time < to) entry = time
    times[length] = time
    masks[length] = mask
    positions[length] = i
    length++
  }
  into.length = length
}

/** How many cookieless events stand in the range. */
export function countCookieless(matcher: Matcher, begin: number, end: number, range: Range) {
  if (!matcher.cookieless) return 0
  let count = 0
  for (let i = begin; i < end; i++) {
    const time = matcher.at[i]!
    if (time >= range.from && time < range.to && (maskOf(matcher, i) & COOKIELESS) !== 0) count++
  }
  return count
}

/** The first event at or after a time, by halving; `end` if there is none. */
export function firstAtOrAfter(at: Float64Array, begin: number, end: number, time: number): number {
  if (begin === end || at[begin]! >= time) return begin
  let low = begin
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at[middle]! < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Where the moment of a candidate ends: the first one after it at another time. */
export function momentEnd({ at, length }: Candidates, index: number): number {
  let end = index + 1
  while (end < length && at[end] === at[index]) end++
  return end
}

/** Where the moment of a candidate begins. */
export function momentBegin({ at }: Candidates, index: number): number {
  let begin = index
  while (begin > 0 && at[begin - 1] === at[index]) begin--
  return begin
}
