import { codeOfRow, rowOf } from './breakdown.ts'
import type { Range } from './funnel.ts'
import type { Matcher } from './matcher.ts'
import { BATCH, type Outcomes } from './outcomes.ts'
import type { Rows } from './rows.ts'
import type { Scratch } from './scratch.ts'
import type { FunnelTally, Tally } from './tally.ts'
import { emptyTally } from './tally-merge.ts'
import type { Units } from './units.ts'

/** Finds the rows of a breakdown that units of one source belong to, numbered from 0. */
export interface RowFinder {
  /** By number. */
  readonly tallies: Tally[]
  /** Notes the row of a unit that was matched whole and entered. */
  note(unit: number, bucket: number, scratch: Scratch, begin: number, end: number): void
  /** The number of every unit's row; of who did not enter any. */
  find(units: Units, outcomes: Outcomes): Uint32Array
}

export function rowFinder(
  rows: Rows,
  matcher: Matcher,
  ranges: readonly Range[],
  tallies: readonly FunnelTally[],
): RowFinder {
  const numbers = new Map<Tally, number>()
  const found: Tally[] = []
  /** By the code of the value and the bucket. */
  const byCode: (number | undefined)[] = []
  const noted = new Map<number, number>()
  const rowOfUnit = new Uint32Array(BATCH)

  function numberOf(bucket: number, value: string | null): number {
    const { rows, stages } = tallies[bucket]!
    const tally = rows?.get(value) ?? emptyTally(stages.length)
    rows?.set(value, tally)
    const number = numbers.get(tally) ?? found.push(tally) - 1
    numbers.set(tally, number)
    return number
  }

  return {
    tallies: found,
    note(unit, bucket, scratch, begin, end) {
      const value = rowOf(rows, matcher, scratch, ranges[bucket]!, begin, end)
      noted.set(unit, numberOf(bucket, value))
    },
    find(units, outcomes) {
      for (let unit = 0; unit < units.length; unit++) {
        rowOfUnit[unit] = 0
        if (outcomes.reached[unit] === 0) continue
        const bucket = units.bucket[unit]!
        const known = noted.size === 0 ? undefined : noted.get(unit)
        rowOfUnit[unit] = known ?? byCodeOf(unit, bucket, units, outcomes)
      }
      noted.clear()
      return rowOfUnit
    },
  }

  function byCodeOf(unit: number, bucket: number, { begin, end }: Units, outcomes: Outcomes) {
    const code = codeOfRow(rows, matcher, outcomes, unit, ranges[bucket]!, begin[unit]!, end[unit]!)
    const place = code * tallies.length + bucket
    const number = byCode[place] ?? numberOf(bucket, rows.texts[code]!)
    byCode[place] = number
    return number
  }
}
