/**
 * Counts a source into tallies, one for each bucket:
 * 1. The funnel is compiled against the source, and its visitors or visits are listed.
 * 2. A batch of them is matched: in the lean way where that can be, else one by one.
 * 3. Their outcomes are added to the tallies, or with a breakdown to the rows of the tallies.
 */
import { codeOfRow, rowOf } from './breakdown.ts'
import { countCookieless } from './candidates.ts'
import type { Funnel, Range } from './funnel.ts'
import { emptyTips, isLean, matchLean } from './match-lean.ts'
import { matchWhole } from './match-whole.ts'
import { type MaskRoom, matcherOf } from './matcher.ts'
import { addPaid, moneyOf } from './money.ts'
import { BATCH, noOutcomes } from './outcomes.ts'
import { planOf } from './plan.ts'
import { recordEach, recordInOne } from './record.ts'
import { rowsOf } from './rows.ts'
import { scratchOf } from './scratch.ts'
import type { FunnelTally, Tally } from './tally.ts'
import { emptyTally } from './tally-merge.ts'
import type { Timelines } from './timeline.ts'
import { listUnits, noUnits } from './units.ts'

/** How much is counted: `counts` leaves out times and revenue. */
export type Detail = 'counts' | 'all'

/** Bucket b, and its tally, is from `boundaries[b]` up to, not including, `boundaries[b + 1]`: they ascend, in milliseconds. */
export function counterOf(funnel: Funnel, boundaries: readonly number[], detail: Detail) {
  const plan = planOf(funnel)
  const lean = isLean(plan)
  const edges = Float64Array.from(boundaries)
  const ranges = boundaries
    .slice(1)
    .map((to, bucket): Range => ({ from: boundaries[bucket] ?? to, to }))
  const tips = emptyTips(plan)
  const scratch = scratchOf(plan)
  const outcomes = noOutcomes(plan)
  const units = noUnits()
  const room: MaskRoom = { masks: new Int32Array(0) }

  return (tallies: readonly FunnelTally[], source: Timelines) => {
    const matcher = matcherOf(funnel, source, plan, room)
    const money = detail === 'all' ? moneyOf(source) : null
    const rows = rowsOf(funnel, source)
    const rowFor = rows === null ? null : rowFinder()
    listUnits(matcher, edges, units)
    for (let first = 0; first < units.length; first += BATCH) {
      const end = Math.min(units.length, first + BATCH)
      outcomes.paidLength = 0
      outcomes.rows.length = 0
      if (lean) {
        matchLean(matcher, money, edges, units, first, end, tips, outcomes)
        for (const unit of outcomes.ties.subarray(0, outcomes.tiesLength)) match(unit, unit - first)
      } else for (let unit = first; unit < end; unit++) match(unit, unit - first)
      const isTimed = money !== null
      const [only] = tallies
      if (only && tallies.length === 1 && rowFor === null)
        recordInOne(only, matcher, isTimed, end - first, outcomes)
      else {
        const rowAt = rowFor && ((unit: number) => rowFor(unit, unit - first))
        recordEach(tallies, matcher, isTimed, units, first, end, outcomes, rowAt)
      }
      if (money) addPaid(tallies, money, units, first, outcomes)
    }
    if (matcher.cookieless) noteCookieless()

    function match(unit: number, index: number) {
      const [begin, end] = [units.begin[unit]!, units.end[unit]!]
      const range = ranges[units.bucket[unit]!]!
      const entered = matchWhole(matcher, money, begin, end, range, scratch, outcomes, index)
      if (!entered || rows === null) return
      const value = rowOf(rows, matcher, scratch, range, begin, end)
      outcomes.rows[index] = rowNamed(tallies[units.bucket[unit]!]!, value)
    }

    /** Gives each entered unit its row; notes it for what is paid. */
    function rowFinder() {
      const byCode: (Tally | undefined)[] = []
      return (unit: number, index: number): Tally => {
        const known = outcomes.rows[index]
        if (known || rows === null) return known ?? emptyTally(plan.stages)
        const bucket = units.bucket[unit]!
        const [begin, end] = [units.begin[unit]!, units.end[unit]!]
        const code = codeOfRow(rows, matcher, outcomes, index, ranges[bucket]!, begin, end)
        const place = code * tallies.length + bucket
        const row = byCode[place] ?? rowNamed(tallies[bucket]!, rows.texts[code]!)
        byCode[place] = row
        outcomes.rows[index] = row
        return row
      }
    }

    function noteCookieless() {
      for (let unit = 0; unit < units.length; unit++) {
        const bucket = units.bucket[unit]!
        const [begin, end] = [units.begin[unit]!, units.end[unit]!]
        tallies[bucket]!.cookieless_events += countCookieless(matcher, begin, end, ranges[bucket]!)
      }
    }
  }

  function rowNamed({ rows }: FunnelTally, value: string | null): Tally {
    const row = rows?.get(value) ?? emptyTally(plan.stages)
    rows?.set(value, row)
    return row
  }
}
