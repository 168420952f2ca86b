import { dropFromPart, type OpenPart, type Part } from '@weir/timeline/parts'

/**
 * A part without the events at some positions; null where none is left. Also of a part of which only some
 * columns were read: the new one has those.
 */
export function dropEvents(part: OpenPart, positions: ReadonlySet<number>): Part | null {
  // Events are asked about in the order in which they stand.
  let position = 0
  return dropFromPart(asWhole(part), () => positions.has(position++))
}

const UUID_BYTES = 16

/** A part that has no other columns than those that were read, and no ids where those were not. */
const asWhole = ({ core, columns, visitorIds }: OpenPart): OpenPart => ({
  core: { ...core, columns: columns.size },
  columns,
  visitorIds: visitorIds ?? {
    uuids: new Uint8Array(core.visitors * UUID_BYTES),
    positions: new Uint32Array(0),
    texts: [],
  },
})
