import { type OpenPart, openPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { copyRows } from '../db/copy-rows.ts'
import { CORE, PART_FIELDS, partsOf, VISITOR_IDS } from '../weave/part-rows.ts'
import type { Pin } from './pin.ts'

/** Which parts to read, and which of their columns. */
export interface Wanted {
  pin: Pick<Pin, 'site_id' | 'weave' | 'days'>
  /** Names by code. */
  properties: ReadonlyMap<number, string>
  visitor_ids: boolean
  /** Of `count` ranges: the parts that lie in the one of an index, or all that lie in several. */
  range: { count: number; index: number | 'coarser' }
}

/** Parts of a site in the order of their days, as the weave that the question is pinned to left them. */
export async function readParts(client: PoolClient, wanted: Wanted): Promise<OpenPart[]> {
  const rows = await copyRows(client, selectOf(wanted))
  return partsOf(rows, wanted.properties).map(openPart)
}

function selectOf({ pin, properties, visitor_ids, range }: Wanted): string {
  const codes = [CORE, ...(visitor_ids ? [VISITOR_IDS] : []), ...properties.keys()].map(Number)
  const count = Number(range.count)
  const index = Number(range.index)
  const cut =
    range.index === 'coarser'
      ? `slots < ${count}`
      : `slots >= ${count} and slot between ${index} * slots / ${count} and ((${index} + 1) * slots - 1) / ${count}`
  return `
    select ${PART_FIELDS}
    from timelines
    where site_id = ${Number(pin.site_id)}
      and day between date '1970-01-01' + ${Number(pin.days.first)} and date '1970-01-01' + ${Number(pin.days.last)}
      and property in (${codes.join(', ')})
      and weave <= ${Number(pin.weave)}
      and (replaced_by is null or replaced_by > ${Number(pin.weave)})
      and ${cut}`
}
