import { collect } from './candidates.ts'
import type { Fold } from './fold.ts'
import type { Funnel, Range } from './funnel.ts'
import { matchCandidates } from './match-candidates.ts'
import { type Matcher, matcherOf } from './matcher.ts'
import { planOf } from './plan.ts'
import { scratchOf } from './scratch.ts'
import { unitEnd } from './visits.ts'

/** Counts who reached each stage, and nothing else: the counts of `funnelFold`, by the same matching. */
export function stageCounts(funnel: Funnel, range: Range): Fold<Float64Array> {
  const plan = planOf(funnel)
  const scratch = scratchOf(plan)
  const { lengths } = scratch.reached
  let matcher: Matcher | null = null
  return {
    start: () => new Float64Array(plan.stages),
    visit(counts, { source, begin, end }) {
      if (matcher?.source !== source) matcher = matcherOf(funnel, source, plan)
      for (let unit = begin; unit < end; ) {
        const next = unitEnd(matcher, unit, end)
        collect(matcher, unit, next, range, scratch.candidates)
        if (scratch.candidates.length > 0) {
          matchCandidates(matcher, range, scratch)
          for (let stage = 0; stage < counts.length; stage++) if (lengths[stage] !== 0) counts[stage]!++
        }
        unit = next
      }
      return counts
    },
    merge: (a, b) => a.map((count, stage) => count + b[stage]!),
  }
}
