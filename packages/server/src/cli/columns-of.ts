import type { Columns } from '../import-file/record.ts'
import { UsageError } from './mistakes.ts'

/** What `weir import` takes for a table. */
export const TABLE = {
  map: { type: 'string', default: '' },
  columns: { type: 'string' },
  event: { type: 'string' },
  rename: { type: 'string', default: '' },
} as const

interface TableValues {
  map: string
  columns?: string | undefined
  event?: string | undefined
  rename: string
}

/** Throws a UsageError for what is no pair. */
export function columnsOf({ map, columns, event, rename }: TableValues): Columns {
  return {
    map: readPairs('--map', map, 'name=column, like visitor_id=user'),
    rename: readPairs('--rename', rename, 'theirs=ours, like cart=add_to_cart'),
    ...(columns === undefined ? {} : { header: columns.split(',').map((one) => one.trim()) }),
    ...(event === undefined ? {} : { event }),
  }
}

function readPairs(flag: string, text: string, takes: string): Record<string, string> {
  const pairs = text.split(',').filter(Boolean)
  return Object.fromEntries(
    pairs.map((pair): [string, string] => {
      const [left = '', ...right] = pair.split('=')
      if (right.length === 0) throw new UsageError(`${flag} takes ${takes}; not \`${pair}\`.`)
      return [left.trim(), right.join('=').trim()]
    }),
  )
}
