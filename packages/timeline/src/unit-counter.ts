import { codeOfRow, rowOf } from './breakdown.ts'
import { countCookieless } from './candidates.ts'
import type { Funnel, Range } from './funnel.ts'
import { type Matcher, matcherOf } from './matcher.ts'
import { addPaid, type Money, moneyOf, type Sums } from './money.ts'
import { emptyOutcome } from './outcome.ts'
import { planOf } from './plan.ts'
import { emptyTips, isLean, reachLean } from './reach-lean.ts'
import { reachWhole } from './reach-whole.ts'
import { recordCounts, recordTimes } from './record.ts'
import { type Rows, rowsOf } from './rows.ts'
import { scratchOf } from './scratch.ts'
import type { FunnelTally, Tally } from './tally.ts'
import { emptyTally } from './tally-merge.ts'
import type { Timelines } from './timeline.ts'

/** How much is counted: `counts` leaves out times and revenue. */
export type Detail = 'counts' | 'all'

/** A funnel compiled against one source, and one tally that is counted into. */
export interface Count {
  readonly tally: FunnelTally
  readonly compiled: Compiled
  /** By the code of the breakdown's value; 0 is unset. */
  readonly rows: (Tally | undefined)[]
  readonly sums: WeakMap<Tally, Sums>
}

export interface Compiled {
  readonly matcher: Matcher
  readonly money: Money
  readonly rows: Rows | null
}

/** Counts visitors or visits, one at a time. */
export function unitCounter(funnel: Funnel, detail: Detail) {
  const plan = planOf(funnel)
  const lean = isLean(plan)
  const tips = emptyTips(plan)
  const scratch = scratchOf(plan)
  const outcome = emptyOutcome(plan)

  return {
    compile: (source: Timelines): Compiled => ({
      matcher: matcherOf(funnel, source, plan),
      money: moneyOf(source),
      rows: rowsOf(funnel, source),
    }),
    countInto: (compiled: Compiled, tally: FunnelTally): Count => ({
      tally,
      compiled,
      rows: [],
      sums: new WeakMap(),
    }),
    /** Adds the events from `begin` up to `end`, of one visitor or visit. */
    add(count: Count, begin: number, end: number, range: Range) {
      const { tally, compiled } = count
      const { matcher, money } = compiled
      if (matcher.cookieless) tally.cookieless_events += countCookieless(matcher, begin, end, range)
      const isDone = lean && reachLean(matcher, money, begin, end, range, tips, outcome)
      if (!isDone) reachWhole(matcher, money, begin, end, range, scratch, outcome)
      if (outcome.isSeen) tally.site_visitors++
      if ((outcome.reached & 1) === 0) return
      const own =
        compiled.rows === null ? tally : rowIn(count, compiled.rows, isDone, begin, end, range)
      recordCounts(own, outcome)
      if (detail === 'counts') return
      recordTimes(own, matcher, outcome, end, range.to + plan.window_ms)
      if (outcome.paidLength > 0) addPaid(own, money, sumsOf(count, own), outcome)
    },
  }

  function rowIn(
    { tally, compiled: { matcher }, rows: byCode }: Count,
    rows: Rows,
    isDone: boolean,
    begin: number,
    end: number,
    range: Range,
  ): Tally {
    if (!isDone) return rowNamed(tally, rowOf(rows, matcher, scratch, range, begin, end))
    const code = codeOfRow(rows, matcher, outcome, range, begin, end)
    const known = byCode[code]
    if (known) return known
    const row = rowNamed(tally, rows.texts[code]!)
    byCode[code] = row
    return row
  }

  function rowNamed({ rows }: FunnelTally, value: string | null): Tally {
    const row = rows?.get(value) ?? emptyTally(plan.stages)
    rows?.set(value, row)
    return row
  }
}

function sumsOf({ sums }: Count, tally: Tally): Sums {
  const known = sums.get(tally)
  if (known) return known
  const none: Sums = []
  sums.set(tally, none)
  return none
}
