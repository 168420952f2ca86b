/**
 * Why a visitor got as far in a funnel, and no further.
 *
 * 1. The visitor is matched by the same code that counts. Of visits the one that got furthest is explained.
 * 2. Where the next event could still go on, now, the chain has not stopped: `not_mature`.
 * 3. Else one rule after the other is left out, and the visitor matched again. The first without which
 *    the next stage is reached is the reason; where none alone does it, the last of those that together do.
 * 4. Else an event of the next stage came before the chain did (`order`), or there is none (`never`).
 */
import { EXCLUDED, PRESENT, SEEN } from './bits.ts'
import { couldGoOn } from './could-go-on.ts'
import { type Funnel, type Range, VISIT_GAP_MS } from './funnel.ts'
import type { Match } from './match.ts'
import { matchVisitor } from './match-visitor.ts'
import { type Matcher, maskOf, matcherOf } from './matcher.ts'
import type { Timelines } from './timeline.ts'
import { unitEnd } from './visits.ts'

export type StopReason =
  | 'never'
  | 'window'
  | 'order'
  | 'exclusion'
  | 'filter'
  | 'hold'
  | 'not_mature'

export interface Stop {
  /** The stage that was not reached, counted from 1: the next required one. In any order: how many stages more. */
  readonly stage: number
  readonly reason: StopReason
  /** The event that shows it, by its position; null where there is none. */
  readonly event: number | null
  /** Of `window`: how much too late that was, in milliseconds. */
  readonly late_ms: number | null
}

/** Events are named by their positions in the source. */
export interface Explanation {
  /** The last required stage reached, counted from 1; 0 when not even the first was. */
  readonly furthest: number
  /** Per stage: the chain that first reached it; null where it was not. */
  readonly chains: Match['chains']
  /** Per stage: every event that fills it in some chain. */
  readonly fills: Match['fills']
  /** What was matched: all events, or one visit. */
  readonly begin: number
  readonly end: number
  /** Null where the last stage was reached. */
  readonly stop: Stop | null
  /** Per event: whether the question sees it. */
  readonly seen: readonly boolean[]
}

const EVER = Number.MAX_SAFE_INTEGER

/** Explains one visitor, the only one of `source`, which must carry columnsOf(funnel), `bot` and `cookieless`. `as_of` is now. */
export function explain(
  funnel: Funnel,
  range: Range,
  source: Timelines,
  as_of: number,
): Explanation {
  const matcher = matcherOf(funnel, source)
  const { begin, end, ...match } = furthestUnit(matcher, source, range)
  const { furthest } = match
  const seen = Array.from(source.at, (_, event) => (maskOf(matcher, event) & SEEN) !== 0)
  const unit = { ...match, begin, end, seen }
  if (furthest === funnel.stages.length) return { ...unit, stop: null }
  const stage = nextRequired(funnel, furthest)
  if (furthest > 0 && isOpen(matcher, begin, end, range, furthest, as_of))
    return { ...unit, stop: { stage, reason: 'not_mature', event: null, late_ms: null } }
  return { ...unit, stop: whyNot(matcher, range, unit, stage) }
}

type Unit = Pick<Explanation, 'begin' | 'end' | 'furthest' | 'chains'>

/** All events as one unit, or the first of the visits that got furthest. */
function furthestUnit(matcher: Matcher, source: Timelines, range: Range) {
  const { length } = source.at
  let best: (Match & { begin: number; end: number }) | null = null
  for (let begin = 0; begin < length || best === null; ) {
    const end = unitEnd(matcher, begin, length)
    const match = matchBetween(matcher, begin, end, range)
    if (best === null || match.furthest > best.furthest) best = { ...match, begin, end }
    begin = Math.max(end, begin + 1)
  }
  return best
}

const NOTHING: Match = { chains: [], fills: [], furthest: 0 }

/** The events from `begin` up to `end` as one unit; events are named by their positions in the source. */
function matchBetween(matcher: Matcher, begin: number, end: number, range: Range): Match {
  const { funnel } = matcher.plan
  const whole =
    funnel.unit === 'visitor' ? matcher : matcherOf({ ...funnel, unit: 'visitor' }, matcher.source)
  const [match = NOTHING] = matchVisitor(
    whole,
    { source: matcher.source, visitor: 0, begin, end },
    range,
  )
  const shifted = (positions: readonly number[]) => positions.map((position) => position + begin)
  return {
    ...match,
    chains: match.chains.map((chain) => chain && shifted(chain)),
    fills: match.fills.map(shifted),
  }
}

const nextRequired = ({ stages, order }: Funnel, furthest: number): number =>
  order === 'any_order'
    ? furthest + 1
    : stages.findIndex(({ optional }, place) => place >= furthest && !optional) + 1

/** A visit that ended cannot go on either. */
function isOpen(
  matcher: Matcher,
  begin: number,
  end: number,
  range: Range,
  furthest: number,
  as_of: number,
): boolean {
  if (!couldGoOn(matcher, begin, end, range, furthest, as_of)) return false
  if (matcher.plan.funnel.unit === 'visitor') return true
  let last = -Infinity
  for (let i = begin; i < end; i++) if ((maskOf(matcher, i) & PRESENT) !== 0) last = matcher.at[i]!
  return as_of - last <= VISIT_GAP_MS
}

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

function whyNot(matcher: Matcher, range: Range, unit: Unit, stage: number): Stop {
  const { source, plan } = matcher
  const reachedBy = (funnel: Funnel) => {
    const match = matchBetween(matcherOf(funnel, source), unit.begin, unit.end, range)
    return match.furthest >= stage ? (match.chains[stage - 1] ?? null) : null
  }
  for (const [reason, leaveOut] of RULES) {
    const chain = reachedBy(leaveOut(plan.funnel, stage))
    if (chain) return stopOf(matcher, unit, stage, reason, chain)
  }
  let funnel = plan.funnel
  for (const [reason, leaveOut] of RULES) {
    funnel = leaveOut(funnel, stage)
    const chain = reachedBy(funnel)
    if (chain) return stopOf(matcher, unit, stage, reason, chain)
  }
  return { stage, late_ms: null, ...notThere(matcher, unit, stage) }
}

/** `chain` reaches the stage without the rule. */
function stopOf(
  matcher: Matcher,
  { furthest, chains }: Unit,
  stage: number,
  reason: StopReason,
  chain: readonly number[],
): Stop {
  const { at, plan } = matcher
  const [first = 0] = chain
  const last = chain.at(-1) ?? first
  if (reason === 'window') {
    const late_ms = at[last]! - at[first]! - plan.window_ms
    return { stage, reason, event: last, late_ms }
  }
  if (reason !== 'exclusion' && reason !== 'order')
    return { stage, reason, event: last, late_ms: null }
  const before = chains[furthest - 1]?.at(-1) ?? first
  const wanted = reason === 'order' ? SEEN : EXCLUDED
  let event: number | null = null
  for (let i = first; i <= last; i++) {
    if ((maskOf(matcher, i) & wanted) === 0 || chain.includes(i)) continue
    // The one that stands between the stage before and this one, if there is one.
    if (event === null || at[i]! <= at[before]! || at[event]! < at[before]!) event = i
  }
  return { stage, reason, event, late_ms: null }
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
