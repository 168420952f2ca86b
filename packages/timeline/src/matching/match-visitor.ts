import type { Timeline } from '../timeline.ts'
import { collect } from './candidates.ts'
import type { Range } from './funnel.ts'
import type { Match } from './match.ts'
import { matchCandidates } from './match-candidates.ts'
import type { Matcher } from './matcher.ts'
import { clearReached, furthestOf } from './reached.ts'
import { type Scratch, scratchOf } from './scratch.ts'
import { unitEnd } from './visits.ts'

/** What one visitor did: one match, or with `unit: visit` one for each of its visits. */
export function matchVisitor(
  matcher: Matcher,
  timeline: Timeline,
  range: Range,
  scratch = scratchOf(matcher.plan),
): Match[] {
  const matches: Match[] = []
  for (let begin = timeline.begin; begin < timeline.end; ) {
    const end = unitEnd(matcher, begin, timeline.end)
    collect(matcher, begin, end, range, scratch.candidates)
    clearReached(scratch.reached, 0)
    if (scratch.candidates.length > 0) matchCandidates(matcher, range, scratch)
    matches.push(matchOf(matcher, scratch, timeline.begin))
    begin = end
  }
  return matches
}

function matchOf(matcher: Matcher, { candidates, reached }: Scratch, begin: number): Match {
  const stages = Array.from({ length: reached.stages }, (_, stage) => stage)
  const positions = Array.from(
    candidates.positions.subarray(0, candidates.length),
    (position) => position - begin,
  )
  const chains = stages.map((stage) => {
    const length = reached.lengths[stage]!
    const row = stage * reached.stages
    const chain = reached.chains.subarray(row, row + length)
    return length === 0 ? null : Array.from(chain, (index) => positions[index]!)
  })
  const fills = stages.map((stage) =>
    positions.filter((_, index) => (reached.fills[index]! & (1 << stage)) !== 0),
  )
  return { chains, fills, furthest: furthestOf(matcher.plan, reached) }
}
