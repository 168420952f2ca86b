import type { PlainFunnelTally } from '../oracle/index.ts'
import { plainTally } from '../src/fixture.ts'
import type { Event } from '../src/gather.ts'
import {
  columnsOf,
  foldTimelines,
  funnelFold,
  gather,
  matcherOf,
  matchVisitor,
} from '../src/index.ts'
import type { Funnel, Range } from '../src/matching/funnel.ts'
import type { Match } from '../src/matching/match.ts'

/** What the engine makes of the rows of one visitor. */
export function engineMatch(funnel: Funnel, range: Range, events: readonly Event[]): Match[] {
  const source = gather(events, columnsOf(funnel))
  const timeline = { source, visitor: 0, begin: 0, end: events.length }
  return matchVisitor(matcherOf(funnel, source), timeline, range)
}

/** The engine's answer over the rows of many. */
export function engineTally(
  funnel: Funnel,
  range: Range,
  events: readonly Event[],
): PlainFunnelTally {
  const source = gather(events, columnsOf(funnel))
  return plainTally(funnel, foldTimelines(funnelFold(funnel, range), source))
}
