import { rowOf } from './breakdown.ts'
import { collect } from './candidates.ts'
import type { Funnel, Range } from './funnel.ts'
import { matchCandidates } from './match-candidates.ts'
import { type Matcher, matcherOf } from './matcher.ts'
import { type Ledger, ledgerOf, type Money, moneyOf } from './money.ts'
import { planOf } from './plan.ts'
import { record } from './record.ts'
import { rowsOf } from './rows.ts'
import { scratchOf } from './scratch.ts'
import type { FunnelTally, Tally } from './tally.ts'
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
    ledgers: new WeakMap<Tally, Ledger>(),
  })
  let compiled: ReturnType<typeof compile> | null = null
  const compiledFor = (source: Timelines) => {
    if (compiled?.matcher.source !== source) compiled = compile(source)
    return compiled
  }
  return {
    matcherFor: (source: Timelines): Matcher => compiledFor(source).matcher,
    add(tally: FunnelTally, source: Timelines, begin: number, end: number, range: Range) {
      const { matcher, money, rows, ledgers } = compiledFor(source)
      if (collect(matcher, begin, end, range, scratch.candidates)) tally.site_visitors++
      if (scratch.candidates.length === 0) return
      matchCandidates(matcher, range, scratch)
      if (scratch.reached.lengths[0] === 0) return
      const until = range.to + plan.window_ms
      record(ledgerIn(ledgers, tally, money), matcher, scratch, end, until)
      if (rows === null || tally.rows === null) return
      const value = rowOf(rows, matcher, scratch, range, begin, end)
      const row = tally.rows.get(value) ?? emptyTally(plan.stages)
      tally.rows.set(value, row)
      record(ledgerIn(ledgers, row, money), matcher, scratch, end, until)
    },
  }
}

function ledgerIn(ledgers: WeakMap<Tally, Ledger>, tally: Tally, money: Money): Ledger {
  const known = ledgers.get(tally)
  if (known) return known
  const ledger = ledgerOf(tally, money)
  ledgers.set(tally, ledger)
  return ledger
}
