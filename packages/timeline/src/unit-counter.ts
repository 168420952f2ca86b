import { rowOf } from './breakdown.ts'
import { collect } from './candidates.ts'
import type { Funnel, Range } from './funnel.ts'
import { matchCandidates } from './match-candidates.ts'
import { type Matcher, matcherOf } from './matcher.ts'
import { moneyOf } from './money.ts'
import { planOf } from './plan.ts'
import { record } from './record.ts'
import { rowsOf } from './rows.ts'
import { scratchOf } from './scratch.ts'
import type { FunnelTally } from './tally.ts'
import { emptyTally } from './tally-merge.ts'
import type { Timelines } from './timeline.ts'

/** Counts one visitor or visit into a tally; compiles the funnel again where the source is another. */
export function unitCounter(funnel: Funnel) {
  const plan = planOf(funnel)
  const scratch = scratchOf(plan)
  const compile = (source: Timelines) => ({
    matcher: matcherOf(funnel, source, plan),
    money: moneyOf(source),
    rows: rowsOf(funnel, source),
  })
  let compiled: ReturnType<typeof compile> | null = null
  const compiledFor = (source: Timelines) => {
    if (compiled?.matcher.source !== source) compiled = compile(source)
    return compiled
  }
  return {
    matcherFor: (source: Timelines): Matcher => compiledFor(source).matcher,
    add(tally: FunnelTally, source: Timelines, begin: number, end: number, range: Range) {
      const { matcher, money, rows } = compiledFor(source)
      if (collect(matcher, begin, end, range, scratch.candidates)) tally.site_visitors++
      if (scratch.candidates.length === 0) return
      matchCandidates(matcher, range, scratch)
      if (scratch.reached.lengths[0] === 0) return
      record(tally, matcher, scratch, money, end)
      if (rows === null || tally.rows === null) return
      const value = rowOf(rows, matcher, scratch, range, begin, end)
      const row = tally.rows.get(value) ?? emptyTally(plan.stages)
      tally.rows.set(value, row)
      record(row, matcher, scratch, money, end)
    },
  }
}
