/**
 * Counts a source into tallies, one for each bucket:
 * 1. The funnel is compiled against the source.
 * 2. Its visitors or visits are listed, a batch after the other, and matched: by the compiled loop where that
 *    can be, else one by one.
 * 3. What they gave is summed up by row: a bucket, or with a breakdown a value in a bucket.
 * 4. The sums are added to the tallies: of buckets when there are many, or all is counted.
 */

import { countCookieless } from '../matching/candidates.ts'
import type { Funnel, Range } from '../matching/funnel.ts'
import { type Matcher, matcherOf } from '../matching/matcher.ts'
import { planOf } from '../matching/plan.ts'
import { scratchOf } from '../matching/scratch.ts'
import type { Timelines } from '../timeline.ts'
import { codeOfRow } from './breakdown.ts'
import { compileLean, isLean } from './compile-lean.ts'
import { kindsOf, renumber, settleDurations } from './durations.ts'
import { addMatched, matchWhole } from './match-whole.ts'
import { type Money, moneyOf } from './money.ts'
import type { Room, Rooms } from './rooms.ts'
import { clearRows, reserveRows, rowAt, talliesOf } from './row-book.ts'
import { rowsOf } from './rows.ts'
import { addCounts, addPaid, reserve } from './sums.ts'
import type { FunnelTally, Tally } from './tally.ts'
import { listUnits, restart } from './units.ts'

/** How much is counted: `counts` leaves out times and revenue. */
export type Detail = 'counts' | 'all'

/**
 * Bucket b, and its tally, is from `boundaries[b]` up to, not including, `boundaries[b + 1]`: they ascend, in
 * milliseconds. What it counts stands in one of the `rooms`.
 */
export function counterOf(
  funnel: Funnel,
  boundaries: readonly number[],
  detail: Detail,
  rooms: Rooms,
) {
  const plan = planOf(funnel)
  const { stages } = plan
  const matchLean = isLean(plan) ? compileLean(plan, detail === 'all') : null
  const edges = Float64Array.from(boundaries)
  const ranges = boundaries
    .slice(1)
    .map((to, bucket): Range => ({ from: boundaries[bucket] ?? to, to }))
  const scratch = scratchOf(plan)
  const kinds = detail === 'all' ? kindsOf(plan) : []
  // Another one after each settle(): what was counted stands in it.
  let room: Room | null = null
  let numbered = numberedTallies()
  const seen = new Int32Array(ranges.length)

  return { count, settle }

  function count(tallies: readonly FunnelTally[], source: Timelines) {
    room ??= rooms.take()
    const { units, ties, masks, book, sums } = room
    const matcher = matcherOf(funnel, source, plan, masks)
    const money = detail === 'all' ? moneyOf(matcher) : null
    const rows = rowsOf(funnel, source)
    restart(units)
    reserve(sums, ranges.length * stages, [], 0, 0)
    while (listUnits(matcher, edges, units)) {
      reserveFor(room, money)
      ties.length = 0
      if (matchLean) {
        matchLean(matcher, money, edges, units, rows?.codes ?? null, book, seen, ties, sums)
        for (let i = 0; i < ties.length; i++) match(ties.units[i]!)
      } else for (let unit = 0; unit < units.length; unit++) match(unit)
      if (matcher.cookieless) noteCookieless(matcher)
    }
    const owners = rows ? talliesOf(book, rows, tallies) : tallies
    if (money) addPaid(sums, owners, stages, money)
    if (rows) {
      // Another source numbers the rows of a breakdown anew.
      addCounts(sums, owners, stages)
      renumber(sums.durations, numbered.numbersOf(owners))
      clearRows(book)
    }
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
    if (room === null) return
    const { sums } = room
    const owners = funnel.breakdown ? numbered.tallies : tallies
    room = null
    numbered = numberedTallies()
    // With a breakdown every source's were added after it.
    if (!funnel.breakdown) addCounts(sums, owners, stages)
    settleDurations(sums.durations, owners)
  }

  /**
   * Room for a batch: every unit may be a row of its own, has a duration of every kind, and every event fills every
   * stage.
   */
  function reserveFor({ units, book, sums }: Room, money: Money | null) {
    if (funnel.breakdown) reserveRows(book, units.length)
    const rows = funnel.breakdown ? book.length + units.length : ranges.length
    reserve(sums, rows * stages, kinds, units.length, money ? units.events * stages : 0)
  }
}

/** Tallies of rows, numbered as they come. */
function numberedTallies() {
  const numbers = new Map<Tally, number>()
  const tallies: Tally[] = []
  const numberOf = (tally: Tally): number => {
    const number = numbers.get(tally) ?? tallies.push(tally) - 1
    numbers.set(tally, number)
    return number
  }
  return { tallies, numbersOf: (some: readonly Tally[]) => Uint32Array.from(some, numberOf) }
}
