import { collect } from './candidates.ts'
import type { Fold } from './fold.ts'
import type { Funnel, Range } from './funnel.ts'
import { matchCandidates } from './match-candidates.ts'
import { type Matcher, matcherOf } from './matcher.ts'
import { planOf } from './plan.ts'
import { isLean, reachLean } from './reach-lean.ts'
import { type Scratch, scratchOf } from './scratch.ts'
import { unitEnd } from './visits.ts'

/** Counts who reached each stage, and nothing else: what `funnelFold` counts, several times as fast. */
export function stageCounts(funnel: Funnel, range: Range): Fold<Float64Array> {
  const plan = planOf(funnel)
  const scratch = scratchOf(plan)
  const { entries } = scratch.held
  const lean = isLean(plan)
  let matcher: Matcher | null = null
  return {
    start: () => new Float64Array(plan.stages),
    visit(counts, { source, begin, end }) {
      if (matcher?.source !== source) matcher = matcherOf(funnel, source, plan)
      for (let unit = begin; unit < end; ) {
        const next = unitEnd(matcher, unit, end)
        let open = lean ? reachLean(matcher, unit, next, range, entries) : -1
        if (open < 0) open = reachWhole(matcher, unit, next, range, scratch)
        for (; open !== 0; open &= open - 1) counts[31 - Math.clz32(open & -open)]!++
        unit = next
      }
      return counts
    },
    merge: (a, b) => a.map((count, stage) => count + b[stage]!),
  }
}

function reachWhole(
  matcher: Matcher,
  begin: number,
  end: number,
  range: Range,
  scratch: Scratch,
): number {
  collect(matcher, begin, end, range, scratch.candidates)
  if (scratch.candidates.length === 0) return 0
  matchCandidates(matcher, range, scratch)
  return scratch.reached.lengths.reduce(
    (bits, length, stage) => (length === 0 ? bits : bits | (1 << stage)),
    0,
  )
}
