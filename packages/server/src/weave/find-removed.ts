import { type EventName, gatherParts, type OpenPart, visitorHash } from '@weir/timeline/parts'

/** A purchase that left the truth after it was woven. */
export interface Removal {
  visitor_id: string
  /** Milliseconds since 1970. */
  at: number
  name: string
  order_id: string
}

/** The column by which one purchase is told from another of the same visitor and time. */
export const ORDER_ID = 'order_id'

const DAY_MS = 86_400_000

/** Where in a part removed events stand. Of the part at least the column ORDER_ID was read. */
export function findRemoved(
  part: OpenPart,
  removals: readonly Removal[],
  names: readonly EventName[],
): Set<number> {
  const positions = new Set<number>()
  for (const removal of removals) {
    for (const position of positionsOf(part, removal, names)) positions.add(position)
  }
  return positions
}

function* positionsOf(
  part: OpenPart,
  { visitor_id, at, name, order_id }: Removal,
  names: readonly EventName[],
): Iterable<number> {
  const { core } = part
  if (core.day !== Math.floor(at / DAY_MS)) return
  const { hi, lo } = visitorHash(visitor_id)
  const first = core.hi.indexOf(hi)
  if (first === -1) return
  // One part: what is gathered stands as it stands there, from the first visitor of the range on.
  const range = { from: hi, to: hi + 1 }
  const own = gatherParts([part], names, [ORDER_ID], { range })
  const orders = own.columns.get(ORDER_ID)
  const begin = core.ends[first - 1] ?? 0
  for (const [visitor, end] of own.ends.entries()) {
    if (core.lo[first + visitor] !== lo) continue
    for (let event = own.ends[visitor - 1] ?? 0; event < end; event++) {
      const order = orders?.values[orders.codes[event] ?? 0] ?? null
      const isIt = own.at[event] === at && own.names[own.codes[event] ?? 0] === name
      if (isIt && order !== null && String(order).trim() === order_id) yield begin + event
    }
  }
}
