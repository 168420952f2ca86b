import type { Timelines } from '@weir/timeline'
import { hashRanges, type OpenPart } from '@weir/timeline/parts'
import { Keepings } from './keepings.ts'
import type { Task } from './task.ts'

const keepings = new Keepings()

/** Counts are folded from what is kept. Where an event has left the truth, its part is not what it was. */
export const mayKeep = (task: Task): task is Task<'counts'> =>
  task.kind === 'counts' && !task.streams && task.pin.removals.length === 0

/**
 * The visitors of a range of a question's, each in one source; null where they must be gathered. All of it
 * is null where nothing serves the question. `opened` are the task's parts.
 */
export function keptSources(
  task: Task<'counts'>,
  columns: readonly string[],
  opened: readonly OpenPart[],
  tail: readonly OpenPart[],
): ((index: number) => Timelines[] | null) | null {
  const { pin, ranges, kept_bytes, codes } = task
  const parts = opened.map((part, index) => ({ key: task.parts[index]?.key ?? '', part }))
  const { site_id, days } = pin
  const keeping = keepings.find({ site_id, days, ranges, columns, parts }, kept_bytes)
  if (!keeping) return null
  const isWhole = keeping.isWithin(site_id, new Set(parts.map(({ key }) => key)))
  const fresh = [...keeping.freshOf(parts).map(({ part }) => part), ...tail]
  const cuts = hashRanges(keeping.ranges)
  const finer = keeping.ranges / ranges
  // A breakdown by lists is refused: those of days that nobody asks about must not be seen.
  const rows = isWhole ? [] : task.asked.flatMap(({ funnel }) => funnel.breakdown?.property ?? [])
  return (index) => {
    const sources: Timelines[] = []
    for (const [own, range] of cuts.slice(index * finer, (index + 1) * finer).entries()) {
      const number = index * finer + own
      if (!keeping.has(number)) {
        if (!isWhole || keepings.bytes >= kept_bytes) return null
        keeping.gather(number, range, parts, codes.names)
      }
      if (rows.some((property) => keeping.hasLists(number, property))) return null
      sources.push(...keeping.join(number, range, fresh, codes.names, columns))
    }
    return sources
  }
}
