/**
 * Why a visitor got as far in a funnel, and no further.
 *
 * 1. The visitor is matched by the same code that counts. Of visits the one that got furthest is explained.
 * 2. Where the next event could still go on, now, the chain has not stopped: `not_mature`.
 * 3. Else it says why not: why-not.ts.
 */
import { PRESENT, SEEN } from '../matching/bits.ts'
import { couldGoOn } from '../matching/could-go-on.ts'
import { type Funnel, type Range, VISIT_GAP_MS } from '../matching/funnel.ts'
import type { Match } from '../matching/match.ts'
import { matchBetween } from '../matching/match-between.ts'
import { type Matcher, maskOf, matcherOf } from '../matching/matcher.ts'
import { unitEnd } from '../matching/visits.ts'
import type { Timelines } from '../timeline.ts'
import { type Stop, whyNot } from './why-not.ts'

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
    return {
      ...unit,
      stop: { stage, reason: 'not_mature', event: null, late_ms: null, besides: [] },
    }
  return { ...unit, stop: whyNot(matcher, range, unit, stage) }
}

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
