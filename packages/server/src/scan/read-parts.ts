import { type OpenPart, openPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { type CopiedRow, copyRows } from '../db/copy-rows.ts'
import { CORE, VISITOR_IDS } from '../weave/insert-parts.ts'
import type { Pin } from './pin.ts'

/** Which parts to read, and which of their columns. */
export interface Wanted {
  pin: Pick<Pin, 'site_id' | 'weave' | 'days'>
  /** Names by code. */
  properties: ReadonlyMap<number, string>
  visitor_ids: boolean
  /** Only parts whose slots overlap the range `index` of `count`; `finer` ones than that, or `coarser`. */
  range: { index: number; count: number; size: 'finer' | 'coarser' }
}

/** Parts of a site in the order of their days, as the weave that the question is pinned to left them. */
export async function readParts(client: PoolClient, wanted: Wanted): Promise<OpenPart[]> {
  const rows = await copyRows(client, selectOf(wanted))
  const parts = new Map<string, PartRows>()
  for (const row of rows) {
    const { day, weave, slots, slot, property, data } = fieldsOf(row)
    const key = `${day} ${weave} ${slots} ${slot}`
    const part: PartRows = parts.get(key) ?? { day, weave, columns: new Map() }
    parts.set(key, part)
    if (property === CORE) part.core = data
    else if (property === VISITOR_IDS) part.visitorIds = data
    else part.columns.set(wanted.properties.get(property) ?? '', data)
  }
  return [...parts.values()]
    .sort((a, b) => a.day - b.day || a.weave - b.weave)
    .flatMap(({ core, visitorIds, columns }) =>
      core ? [openPart({ core, columns, ...(visitorIds ? { visitorIds } : {}) })] : [],
    )
}

interface PartRows {
  day: number
  weave: number
  core?: Buffer
  visitorIds?: Buffer
  columns: Map<string, Buffer>
}

function selectOf({ pin, properties, visitor_ids, range }: Wanted): string {
  const codes = [CORE, ...(visitor_ids ? [VISITOR_IDS] : []), ...properties.keys()].map(Number)
  const { index, count } = range
  return `
    select day - date '1970-01-01', weave, slots, slot, property, data
    from timelines
    where site_id = ${Number(pin.site_id)}
      and day between date '1970-01-01' + ${Number(pin.days.first)} and date '1970-01-01' + ${Number(pin.days.last)}
      and property in (${codes.join(', ')})
      and weave <= ${Number(pin.weave)}
      and (replaced_by is null or replaced_by > ${Number(pin.weave)})
      and slots ${range.size === 'finer' ? '>=' : '<'} ${Number(count)}
      and slot between ${Number(index)} * slots / ${Number(count)}
        and ((${Number(index)} + 1) * slots - 1) / ${Number(count)}`
}

function fieldsOf([day, weave, slots, slot, property, data]: CopiedRow) {
  if (!day || !weave || !slots || !slot || !property || !data)
    throw new Error('a part without its place')
  return {
    day: day.readInt32BE(),
    weave: Number(weave.readBigInt64BE()),
    slots: slots.readInt16BE(),
    slot: slot.readInt16BE(),
    property: property.readInt32BE(),
    data,
  }
}
