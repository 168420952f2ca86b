import { type OpenPart, openPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { copyRows } from '../db/copy-rows.ts'
import { CORE, PART_FIELDS, partsOf, VISITOR_IDS } from '../weave/part-rows.ts'
import type { Pin } from './pin.ts'

/** Which parts to read, and which of their columns. */
export interface Wanted {
  pin: Pick<Pin, 'site_id' | 'weave' | 'days'>
  /** Codes by name. */
  properties: ReadonlyMap<string, number>
  visitorIds: boolean
  range: { count: number; index: number }
}

/** The parts that lie in one range, as the weave that the question is pinned to left them. */
export async function readParts(client: PoolClient, wanted: Wanted): Promise<OpenPart[]> {
  const rows = await copyRows(client, selectOf(wanted))
  const names = new Map(Array.from(wanted.properties, ([name, code]) => [code, name]))
  return partsOf(rows, names).map(openPart)
}

function selectOf({ pin, properties, visitorIds, range }: Wanted): string {
  const columns = [CORE, ...properties.values(), ...(visitorIds ? [VISITOR_IDS] : [])]
  const codes = columns.map(Number)
  const count = Number(range.count)
  const index = Number(range.index)
  return `
    select ${PART_FIELDS}
    from timelines
    where site_id = ${Number(pin.site_id)}
      and day between date '1970-01-01' + ${Number(pin.days.first)} and date '1970-01-01' + ${Number(pin.days.last)}
      and property in (${codes.join(', ')})
      and weave <= ${Number(pin.weave)}
      and (replaced_by is null or replaced_by > ${Number(pin.weave)})
      and slots >= ${count}
      and slot between ${index} * slots / ${count} and ((${index} + 1) * slots - 1) / ${count}`
}
