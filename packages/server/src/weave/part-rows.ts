import type { StoredPart } from '@weir/timeline/parts'
import type { CopiedRow } from '../db/copy-rows.ts'

/** What `property` says of a row that is no property's column. */
export const CORE = 0
export const VISITOR_IDS = -1

/** Names one part of a site. `day` counts from 1970. */
export interface PartPlace {
  day: number
  weave: number
  slots: number
  slot: number
}

/** What to select for partsOf. */
export const PART_FIELDS = `day - date '1970-01-01', weave, slots, slot, property, data`

/** Puts the rows of parts together, each part's columns by their names; oldest day first, then oldest weave. */
export function partsOf(
  rows: readonly CopiedRow[],
  properties: ReadonlyMap<number, string>,
): (PartPlace & StoredPart)[] {
  const parts = new Map<string, PartRows>()
  for (const row of rows) {
    const { property, data, ...place } = fieldsOf(row)
    const key = `${place.day} ${place.weave} ${place.slots} ${place.slot}`
    const part: PartRows = parts.get(key) ?? { place, columns: new Map() }
    parts.set(key, part)
    if (property === CORE) part.core = data
    else if (property === VISITOR_IDS) part.visitorIds = data
    else part.columns.set(properties.get(property) ?? '', data)
  }
  return [...parts.values()]
    .flatMap(({ place, core, visitorIds, columns }) =>
      core ? [{ ...place, core, columns, ...(visitorIds ? { visitorIds } : {}) }] : [],
    )
    .sort((a, b) => a.day - b.day || a.weave - b.weave)
}

interface PartRows {
  place: PartPlace
  core?: Buffer
  visitorIds?: Buffer
  columns: Map<string, Buffer>
}

/** The fields of one row of PART_FIELDS. */
export function fieldsOf([day, weave, slots, slot, property, data]: CopiedRow) {
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
