/**
 * Counts a source into tallies, one for each bucket:
 * 1. The funnel is compiled against the source.
 * 2. Its visitors or visits are listed, a batch after the other, and matched: by the compiled loop where that
 *    can be, else one by one.
 * 3. What they gave is summed up by bucket; with a breakdown by unit, and then moved to the unit's row.
 * 4. The sums are added to the tallies.
 */
import { countCookieless } from './candidates.ts'
import { compileLean, isLean } from './compile-lean.ts'
import type { Funnel, Range } from './funnel.ts'
import { matchWhole } from './match-whole.ts'
import { type MaskRoom, type Matcher, matcherOf } from './matcher.ts'
import { type Money, moneyOf } from './money.ts'
import { BATCH, noOutcomes } from './outcomes.ts'
import { planOf } from './plan.ts'
import { rowFinder } from './row-finder.ts'
import { rowsOf } from './rows.ts'
import { scratchOf } from './scratch.ts'
import { addSums, KINDS, moveSums, noSums, reserve } from './sums.ts'
import type { FunnelTally } from './tally.ts'
import type { Timelines } from './timeline.ts'
import { listUnits, noUnits, restart } from './units.ts'

/** How much is counted: `counts` leaves out times and revenue. */
export type Detail = 'counts' | 'all'

/** Of which row each unit of a batch is where every unit is a row of its own. */
const OWN_ROWS = Uint16Array.from({ length: BATCH }, (_, unit) => unit)

/** Bucket b, and its tally, is from `boundaries[b]` up to, not including, `boundaries[b + 1]`: they ascend, in milliseconds. */
export function counterOf(funnel: Funnel, boundaries: readonly number[], detail: Detail) {
  const plan = planOf(funnel)
  const { stages } = plan
  const matchLean = isLean(plan) ? compileLean(plan, detail === 'all') : null
  const edges = Float64Array.from(boundaries)
  const ranges = boundaries
    .slice(1)
    .map((to, bucket): Range => ({ from: boundaries[bucket] ?? to, to }))
  const scratch = scratchOf(plan)
  const outcomes = noOutcomes(plan)
  const units = noUnits()
  const room: MaskRoom = { masks: new Int32Array(0) }
  const seen = new Int32Array(ranges.length)
  const total = noSums()
  const byUnit = noSums()

  return (tallies: readonly FunnelTally[], source: Timelines) => {
    const matcher = matcherOf(funnel, source, plan, room)
    const money = detail === 'all' ? moneyOf(matcher) : null
    const rows = rowsOf(funnel, source)
    const finder = rows && rowFinder(rows, matcher, ranges, tallies)
    const sums = finder === null ? total : byUnit
    const rowOf = finder === null ? units.bucket : OWN_ROWS
    restart(units)
    reserve(total, ranges.length * stages, 0, 0)
    while (listUnits(matcher, edges, units)) {
      reserveFor(sums, finder === null ? ranges.length : BATCH, money)
      outcomes.tiesLength = 0
      if (matchLean) {
        matchLean(matcher, money, edges, units, rowOf, seen, outcomes, sums)
        for (let i = 0; i < outcomes.tiesLength; i++) match(outcomes.ties[i]!)
      } else for (let unit = 0; unit < units.length; unit++) match(unit)
      if (finder) {
        const found = finder.find(units, outcomes)
        reserveFor(total, Math.max(1, finder.tallies.length), money)
        moveSums(byUnit, total, found, outcomes.reached, units.length, stages)
      }
      if (matcher.cookieless) noteCookieless(matcher)
    }
    addSums(total, finder?.tallies ?? tallies, stages, money)
    for (const [bucket, tally] of tallies.entries()) tally.site_visitors += seen[bucket]!
    seen.fill(0)

    function match(unit: number) {
      const [begin, end] = [units.begin[unit]!, units.end[unit]!]
      const bucket = units.bucket[unit]!
      const range = ranges[bucket]!
      const row = rowOf[unit]!
      const matched = matchWhole(
        matcher,
        money,
        begin,
        end,
        range,
        scratch,
        outcomes,
        unit,
        sums,
        row,
      )
      // The compiled loop has counted it already.
      if (matchLean === null && matched.seen) seen[bucket]!++
      if (matched.entered) finder?.note(unit, bucket, scratch, begin, end)
    }

    function noteCookieless(matcher: Matcher) {
      for (let unit = 0; unit < units.length; unit++) {
        const bucket = units.bucket[unit]!
        const [begin, end] = [units.begin[unit]!, units.end[unit]!]
        tallies[bucket]!.cookieless_events += countCookieless(matcher, begin, end, ranges[bucket]!)
      }
    }
  }

  /** Room for a batch: every unit has two durations for each stage at most, and every event fills every stage. */
  function reserveFor(sums: typeof total, rows: number, money: Money | null) {
    let events = 0
    if (money)
      for (let unit = 0; unit < units.length; unit++)
        events += units.end[unit]! - units.begin[unit]!
    reserve(sums, rows * stages, units.length * stages * (KINDS - 1), events * stages)
  }
}
