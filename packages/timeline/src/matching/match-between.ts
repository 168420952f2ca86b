import type { Range } from './funnel.ts'
import type { Match } from './match.ts'
import { matchVisitor } from './match-visitor.ts'
import { type Matcher, matcherOf } from './matcher.ts'

const NOTHING: Match = { chains: [], fills: [], furthest: 0 }

/** The events from `begin` up to `end` as one unit; events are named by their positions in the source. */
export function matchBetween(matcher: Matcher, begin: number, end: number, range: Range): Match {
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
