import { collect } from './candidates.ts'
import type { Fold } from './fold.ts'
import type { Funnel, Range } from './funnel.ts'
import { matchCandidates } from './match-candidates.ts'
import { matcherOf } from './matcher.ts'
import { planOf } from './plan.ts'
import { timesOf } from './reached.ts'
import { scratchOf } from './scratch.ts'
import { unitEnd } from './visits.ts'

/** One of those behind a count. With `unit: visit` a visitor stands there once for each visit. */
export interface Member {
  readonly visitor: string
  /** When each event of the chain that first reached the stage was, milliseconds since 1970, entry first. */
  readonly chain_at: readonly number[]
}

/**
 * Lists who reached a stage (counted from 1), or `dropped`: reached it and not the next required one.
 * The source must carry visitor ids.
 */
export function membersFold(
  funnel: Funnel,
  range: Range,
  stage: number,
  kind: 'reached' | 'dropped',
): Fold<Member[]> {
  const plan = planOf(funnel)
  const scratch = scratchOf(plan)
  const { candidates, reached } = scratch
  const next = funnel.stages.findIndex(({ optional }, index) => index >= stage && !optional)
  const belongs = () => {
    if ((reached.lengths[stage - 1] ?? 0) === 0) return false
    return kind === 'reached' || (next >= 0 && reached.lengths[next] === 0)
  }
  return {
    start: () => [],
    visit(members, source) {
      const { visitorIds } = source
      if (!visitorIds) throw new Error('members are listed from timelines without visitor ids')
      const matcher = matcherOf(funnel, source, plan)
      let begin = 0
      for (const [visitor, end] of source.ends.entries()) {
        for (let next = begin; begin < end; begin = next) {
          next = unitEnd(matcher, begin, end)
          collect(matcher, begin, next, range, candidates)
          if (candidates.length === 0) continue
          matchCandidates(matcher, range, scratch)
          if (!belongs()) continue
          const chain_at = timesOf(reached, stage - 1, candidates)
          members.push({ visitor: visitorIds[visitor]!, chain_at })
        }
      }
      return members
    },
    merge: (a, b) => a.concat(b),
    finish: (members) => members,
  }
}
