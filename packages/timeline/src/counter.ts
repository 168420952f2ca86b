/**
 * Counts a source into tallies, one for each bucket:
 * 1. The funnel is compiled against the source.
 * 2. Its visitors or visits are listed, a batch after the other, and matched: by the compiled loop where that
 *    can be, else one by one.
 * 3. What they gave is summed up by row: a bucket, or with a breakdown a value in a bucket.
 * 4. The sums are added to the tallies: of buckets when there are many, or all is counted.
 */
import { BATCH } from './batch.ts'
import { codeOfRow } from './breakdown.ts'
import { countCookieless } from './candidates.ts'
import { compileLean, isLean, type Ties } from './compile-lean.ts'
import type { Funnel, Range } from './funnel.ts'
import { addMatched, matchWhole } from './match-whole.ts'
import { type MaskRoom, type Matcher, matcherOf } from './matcher.ts'
import { type Money, moneyOf } from './money.ts'
import { planOf } from './plan.ts'
import { clearRows, noRowBook, reserveRows, rowAt, talliesOf } from './row-book.ts'
import { rowsOf } from './rows.ts'
import { scratchOf } from './scratch.ts'
import { addPaid, addSums, KINDS, noSums, reserve } from './sums.ts'
import type { FunnelTally } from './tally.ts'
import type { Timelines } from './timeline.ts'
import { listUnits, noUnits, restart } from './units.ts'

/** How much is counted: `counts` leaves out times and revenue. */
export type Detail = 'counts' | 'all'

/** How many durations are put off. */
const MANY = 262_144

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
  const units = noUnits()
  const ties: Ties = { units: new Uint16Array(BATCH), length: 0 }
  const room: MaskRoom = { masks: new Int32Array(0) }
  const seen = new Int32Array(ranges.length)
  const book = noRowBook()
  const sums = noSums()

  return { count, settle }

  function count(tallies: readonly FunnelTally[], source: Timelines) {
    const matcher = matcherOf(funnel, source, plan, room)
    const money = detail === 'all' ? moneyOf(matcher) : null
    const rows = rowsOf(funnel, source)
    restart(units)
    while (listUnits(matcher, edges, units)) {
      reserveFor(money)
      ties.length = 0
      if (matchLean) {
        matchLean(matcher, money, edges, units, rows?.codes ?? null, book, seen, ties, sums)
        for (let i = 0; i < ties.length; i++) match(ties.units[i]!)
      } else for (let unit = 0; unit < units.length; unit++) match(unit)
      if (matcher.cookieless) noteCookieless(matcher)
    }
    const owners = rows ? talliesOf(book, rows, tallies) : tallies
    if (money) addPaid(sums, owners, stages, money)
    // Another source numbers the rows of a breakdown anew.
    if (rows || sums.length > MANY) addSums(sums, owners, stages)
    clearRows(book)
    for (const [bucket, tally] of tallies.entries()) tally.site_visitors += seen[bucket]!
    seen.fill(0)

    function match(unit: number) {
      const [begin, end] = [units.begin[unit]!, units.end[unit]!]
      const bucket = units.bucket[unit]!
      const range = ranges[bucket]!
      // The compiled loop has counted it already.
      if (matchWhole(matcher, begin, end, range, scratch) && matchLean === null) seen[bucket]!++
      if (scratch.reached.lengths[0] === 0) return
      const code = rows && codeOfRow(rows, matcher, scratch, range, begin, end)
      const row = code === null ? bucket : rowAt(book, code * ranges.length + bucket)
      addMatched(matcher, money, range, end, scratch, sums, row)
    }

    function noteCookieless(matcher: Matcher) {
      for (let unit = 0; unit < units.length; unit++) {
        const bucket = units.bucket[unit]!
        const [begin, end] = [units.begin[unit]!, units.end[unit]!]
        tallies[bucket]!.cookieless_events += countCookieless(matcher, begin, end, ranges[bucket]!)
      }
    }
  }

  function settle(tallies: readonly FunnelTally[]) {
    reserve(sums, ranges.length * stages, 0, 0)
    addSums(sums, tallies, stages)
  }

  /**
   * Room for a batch: every unit may be a row of its own, has two durations for each stage at most, and every
   * event fills every stage.
   */
  function reserveFor(money: Money | null) {
    if (funnel.breakdown) reserveRows(book, units.length)
    const rows = funnel.breakdown ? book.length + units.length : ranges.length
    let events = 0
    if (money)
      for (let unit = 0; unit < units.length; unit++)
        events += units.end[unit]! - units.begin[unit]!
    reserve(sums, rows * stages, units.length * stages * (KINDS - 1), events * stages)
  }
}
