import { type OpenPart, openPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { copyRows } from '../db/copy-rows.ts'
import type { Pin } from '../scan/pin.ts'
import { CORE, PART_FIELDS, partsOf } from '../weave/part-rows.ts'
import type { Unit } from './list-units.ts'

/** The parts of a unit, as the weave that the question is pinned to left them, with the columns of some properties. */
export async function readUnit(
  client: PoolClient,
  pin: Pick<Pin, 'site_id' | 'weave'>,
  { day, sixteenth }: Unit,
  /** Codes by name. */
  properties: ReadonlyMap<string, number>,
): Promise<OpenPart[]> {
  const codes = [CORE, ...properties.values()].map(Number)
  const rows = await copyRows(
    client,
    `
    select ${PART_FIELDS}
    from timelines
    where site_id = ${Number(pin.site_id)}
      and day = date '1970-01-01' + ${Number(day)}
      and slot * 16 / slots = ${Number(sixteenth)}
      and property in (${codes.join(', ')})
      and weave <= ${Number(pin.weave)}
      and (replaced_by is null or replaced_by > ${Number(pin.weave)})`,
  )
  const names = new Map(Array.from(properties, ([name, code]) => [code, name]))
  return partsOf(rows, names).map(openPart)
}
