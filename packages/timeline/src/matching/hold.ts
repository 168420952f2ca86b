import type { Timelines, ValueCodes } from '../timeline.ts'

/** The values that chains may have in common, each text a number of its own. */
export interface Hold {
  readonly codes: ValueCodes
  /** By code: the numbers of the value, or of the list's values; none where it is unset. */
  readonly numbers: readonly (readonly number[])[]
  /** How many numbers there are. */
  readonly count: number
}

/** Numbers the values of a property by their text; null where no event has it. */
export function holdOf(property: string, source: Timelines): Hold | null {
  const column = source.columns.get(property)
  if (!column) return null
  const known = new Map<string, number>()
  const numberOf = (text: string) => {
    const number = known.get(text) ?? known.size
    known.set(text, number)
    return number
  }
  const numbers = column.values.map((value) => {
    if (value === null) return []
    const list = typeof value === 'object' ? value : [value]
    return [...new Set(list.map((one) => numberOf(String(one))))]
  })
  return { codes: column.codes, numbers, count: known.size }
}
