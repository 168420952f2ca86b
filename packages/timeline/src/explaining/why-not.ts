/**
 * Why the next stage was not reached.
 *
 * 1. One rule after the other is left out, and the visitor matched again. The first without which
 *    the next stage is reached is the reason; where none alone does it, each of a smallest few that
 *    together do: none of those can stay.
 * 2. Else an event of the next stage came before the chain did (`order`), or there is none (`never`).
 */
import { EXCLUDED, SEEN } from '../matching/bits.ts'
import type { Funnel, Range } from '../matching/funnel.ts'
import type { Match } from '../matching/match.ts'
import { matchBetween } from '../matching/match-between.ts'
import { type Matcher, maskOf, matcherOf } from '../matching/matcher.ts'

export type StopReason =
  | 'never'
  | 'window'
  | 'order'
  | 'exclusion'
  | 'filter'
  | 'hold'
  | 'not_mature'

/** What stands in the way of a chain. */
export interface Obstacle {
  readonly reason: StopReason
  /** The event that shows it, by its position; null where there is none. */
  readonly event: number | null
  /** Of `window`: how much too late that was, in milliseconds. */
  readonly late_ms: number | null
}

export interface Stop extends Obstacle {
  /** The stage that was not reached, counted from 1: the next required one. In any order: how many stages more. */
  readonly stage: number
  /** What would have stopped the chain there without the first reason too. */
  readonly besides: readonly Obstacle[]
}

/** What was matched, and how far. */
export interface Unit extends Pick<Match, 'chains' | 'furthest'> {
  readonly begin: number
  readonly end: number
}

const EVER = Number.MAX_SAFE_INTEGER

type Rule = [StopReason, (funnel: Funnel, stage: number) => Funnel]

const RULES: readonly Rule[] = [
  ['order', (funnel) => (funnel.order === 'strict' ? { ...funnel, order: 'ordered' } : funnel)],
  ['exclusion', (funnel) => ({ ...funnel, exclusions: [] })],
  ['hold', (funnel) => ({ ...funnel, hold: null })],
  ['filter', withoutStageFilters],
  ['filter', (funnel) => ({ ...funnel, filters: [], bots: true, cookieless: true })],
  ['window', (funnel) => ({ ...funnel, window_ms: EVER })],
]

/** Of any stage that may be the one that lacks. */
function withoutStageFilters(funnel: Funnel, stage: number): Funnel {
  const isIt = (place: number) => funnel.order === 'any_order' || place === stage - 1
  const stages = funnel.stages.map((one, place) => (isIt(place) ? { ...one, filters: [] } : one))
  return { ...funnel, stages }
}

/** `stage` is the next one, counted from 1, that the unit did not reach. */
export function whyNot(matcher: Matcher, range: Range, unit: Unit, stage: number): Stop {
  const { source, plan } = matcher
  const reachedWithout = (rules: readonly Rule[]) => {
    const funnel = rules.reduce((left, [, leaveOut]) => leaveOut(left, stage), plan.funnel)
    const match = matchBetween(matcherOf(funnel, source), unit.begin, unit.end, range)
    return match.furthest >= stage ? (match.chains[stage - 1] ?? null) : null
  }
  const alone = RULES.find((rule) => reachedWithout([rule]))
  const rules = alone ? [alone] : fewest(RULES, (some) => reachedWithout(some) !== null)
  const chain = reachedWithout(rules)
  if (!chain) return { stage, besides: [], late_ms: null, ...notThere(matcher, unit, stage) }
  // A filter of the question and one of the stage are one reason.
  const reasons = new Set(rules.map(([reason]) => reason))
  const [first, ...besides] = Array.from(reasons, (reason) =>
    obstacleOf(matcher, unit, reason, chain),
  )
  return { stage, besides, ...(first ?? { reason: 'never', event: null, late_ms: null }) }
}

/** Of a list those without each of which the others do not suffice. All of it where all do not. */
function fewest<T>(all: readonly T[], suffice: (some: readonly T[]) => boolean): readonly T[] {
  if (!suffice(all)) return all
  return all.reduce((left, one) => {
    const others = left.filter((other) => other !== one)
    return suffice(others) ? others : left
  }, all)
}

/** `chain` reaches the next stage without this rule, and maybe others. */
function obstacleOf(
  matcher: Matcher,
  { furthest, chains }: Unit,
  reason: StopReason,
  chain: readonly number[],
): Obstacle {
  const { at, plan } = matcher
  const [first = 0] = chain
  const last = chain.at(-1) ?? first
  if (reason === 'window')
    return { reason, event: last, late_ms: at[last]! - at[first]! - plan.window_ms }
  if (reason !== 'exclusion' && reason !== 'order') return { reason, event: last, late_ms: null }
  const before = chains[furthest - 1]?.at(-1) ?? first
  const wanted = reason === 'order' ? SEEN : EXCLUDED
  let event: number | null = null
  for (let i = first; i <= last; i++) {
    if ((maskOf(matcher, i) & wanted) === 0 || chain.includes(i)) continue
    // The one that stands between the stage before and this one, if there is one.
    if (event === null || at[i]! <= at[before]! || at[event]! < at[before]!) event = i
  }
  return { reason, event, late_ms: null }
}

/** No rule forbids it: the event came before the chain, outside of what is matched, or not at all. */
function notThere(
  matcher: Matcher,
  { begin, end, furthest, chains }: Unit,
  stage: number,
): Pick<Stop, 'reason' | 'event'> {
  const { at, plan } = matcher
  if (plan.funnel.order === 'any_order') return { reason: 'never', event: null }
  const matches = (event: number) => (maskOf(matcher, event) & (1 << (stage - 1))) !== 0
  const chain = chains[furthest - 1]
  if (chain) {
    const before = chain.at(-1) ?? begin
    for (let event = end - 1; event >= begin; event--)
      if (matches(event) && !chain.includes(event) && at[event]! <= at[before]!)
        return { reason: 'order', event }
  }
  const after = chain ? end : begin
  const later = Array.from(at.keys()).find((event) => event >= after && matches(event))
  const earlier = chain ? undefined : Array.from(at.keys()).findLast(matches)
  return { reason: 'never', event: later ?? earlier ?? null }
}
