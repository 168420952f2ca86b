import type { Given } from '../types.ts'

/** What a page told somebody else: it may hold anything. */
export interface Reported {
  [name: string]: unknown
}

/** The flat values under our names. Numbers that are text stay so: the server reads them as numbers. */
export const flat = (reported: Reported, rename: (name: string) => string): Given => {
  const given: Given = {}
  for (const name in reported) {
    const value = reported[name]
    if (typeof value === 'string' || typeof value === 'number') given[rename(name)] = value
  }
  return given
}

/** The same of each product in a list, if it is one. */
export const flatItems = (list: unknown, rename: (name: string) => string): Given[] | undefined =>
  Array.isArray(list) ? list.map((item) => flat(item, rename)) : undefined
