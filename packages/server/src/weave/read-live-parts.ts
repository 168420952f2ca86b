import { type OpenPart, openPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { copyRows } from '../db/copy-rows.ts'
import { PART_FIELDS, type PartPlace, partsOf } from './part-rows.ts'
import type { Codes } from './read-codes.ts'

/** Which parts of one site and day: of some weaves, where their slots overlap slot `index` of `count`. */
export interface LiveWanted {
  site_id: number
  day: number
  weaves: readonly number[]
  index: number
  count: number
}

export interface LivePart {
  place: PartPlace
  part: OpenPart
}

/** Parts that nothing has replaced yet, with all their columns; under the lock. */
export async function readLiveParts(
  client: PoolClient,
  { site_id, day, weaves, index, count }: LiveWanted,
  codes: Codes,
): Promise<LivePart[]> {
  if (weaves.length === 0) return []
  const rows = await copyRows(
    client,
    `
    select ${PART_FIELDS}
    from timelines
    where site_id = ${Number(site_id)}
      and day = date '1970-01-01' + ${Number(day)}
      and weave in (${weaves.map(Number).join(', ')})
      and replaced_by is null
      and slot between ${Number(index)} * slots / ${Number(count)}
        and ((${Number(index)} + 1) * slots - 1) / ${Number(count)}`,
  )
  const names = new Map([...codes.ofProperty].map(([name, code]) => [code, name]))
  return partsOf(rows, names).map(({ day, weave, slots, slot, ...stored }) => ({
    place: { day, weave, slots, slot },
    part: openPart(stored),
  }))
}
