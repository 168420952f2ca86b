import type { Given } from '../types.ts'

/** What a page told somebody else: it may hold anything. */
export interface Reported {
  [name: string]: unknown
}

const isFlat = (value: unknown): value is string | number | boolean =>
  /str|num|boo/.test(typeof value)

/**
 * The flat values under our names; of two that are one to us, the first. Numbers that are text stay so:
 * the server reads them as numbers.
 */
export const flat = (reported: Reported, rename: (name: string) => string): Given => {
  let given: Given = {}
  for (const name in reported) {
    const value = reported[name]
    if (isFlat(value)) given = { [rename(name)]: value, ...given }
  }
  return given
}

/** The same of each product in a list, or in an object by index, as PHP writes a list with gaps. */
export const flatItems = (list: unknown, rename: (name: string) => string): Given[] | undefined =>
  list instanceof Object ? Object.values(list).map((item) => flat(item, rename)) : undefined
