import type { Funnel } from '../matching/funnel.ts'
import type { Timelines, ValueCodes } from '../timeline.ts'

/** Thrown where the values of a breakdown's property are lists. */
export class ListProperty extends Error {
  readonly property: string

  constructor(property: string) {
    super(`the property ${property} is a list`)
    this.name = 'ListProperty'
    this.property = property
  }
}

/** Whether any value of a property is a list. */
export function hasLists({ columns }: Timelines, property: string): boolean {
  const column = columns.get(property)
  return column?.lists ?? column?.values.some(Array.isArray) ?? false
}

/** A breakdown compiled against one source: the text of every event's value, null for unset. */
export interface Rows {
  readonly codes: ValueCodes | null
  readonly texts: readonly (string | null)[]
  readonly attribution: string
}

/** Null where the funnel has no breakdown. Throws ListProperty. */
export function rowsOf({ breakdown }: Funnel, source: Timelines): Rows | null {
  if (breakdown === null) return null
  const { property, attribution } = breakdown
  if (hasLists(source, property)) throw new ListProperty(property)
  const column = source.columns.get(property)
  const texts = column?.values.map((value) => (value === null ? null : String(value))) ?? [null]
  return { codes: column?.codes ?? null, texts, attribution }
}

/** The code of an event's value; 0 for unset. */
export const codeAt = ({ codes }: Rows, event: number): number =>
  codes === null ? 0 : codes[event]!
