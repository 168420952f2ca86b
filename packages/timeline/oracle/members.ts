import type { Event } from '../src/gather.ts'
import type { Funnel, Range } from '../src/matching/funnel.ts'
import { rowOf } from './attribution.ts'
import { historyOf, seenEvents } from './history.ts'
import { matchUnit, unitsOf } from './match.ts'

/** A visitor (or a visit) that entered. Times are milliseconds since 1970. */
export interface PlainMember {
  visitor: string
  /** The last stage reached that is not optional. */
  furthest: number
  /** Per stage the times of the chain that first reached it; null where none did. */
  chains: (number[] | null)[]
  /** The row of the breakdown. */
  value: string | null
}

export function oracleMembers(
  funnel: Funnel,
  range: Range,
  events: readonly Event[],
): PlainMember[] {
  return [...new Set(events.map(({ visitor }) => visitor))].flatMap((visitor) => {
    const own = events.filter((event) => event.visitor === visitor)
    const history = historyOf(own)
    return unitsOf(funnel, own).flatMap((unit) => {
      const { furthest, chains } = matchUnit(funnel, range, unit)
      if (furthest === 0) return []
      return {
        ...{ visitor, furthest },
        chains: chains.map((chain) => chain?.map((place) => history[place]!.at) ?? null),
        value: funnel.breakdown && rowOf(funnel, range, seenEvents(funnel, unit), furthest),
      }
    })
  })
}
