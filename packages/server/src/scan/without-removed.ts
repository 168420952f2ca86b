import { type EventName, type OpenPart, openPart } from '@weir/timeline/parts'
import { dropEvents } from '../weave/drop-events.ts'
import { findRemoved, type Removal } from '../weave/find-removed.ts'

/** Parts as they will be when the next weave has dropped what left the truth: rare, and seldom more than a part or two. */
export const withoutRemoved = (
  parts: readonly OpenPart[],
  removals: readonly Removal[],
  names: readonly EventName[],
): OpenPart[] => parts.flatMap((part) => withoutEvents(part, findRemoved(part, removals, names)))

function withoutEvents(part: OpenPart, positions: ReadonlySet<number>): OpenPart[] {
  if (positions.size === 0) return [part]
  const left = dropEvents(part, positions)
  if (!left) return []
  const { core, columns, visitorIds } = left
  return [openPart(part.visitorIds ? { core, columns, visitorIds } : { core, columns })]
}
