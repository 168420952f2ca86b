import type { Breakdown, Range } from '../src/funnel.ts'
import type { Match } from '../src/match.ts'
import { valuesOf } from './filter.ts'
import type { HistoryEvent } from './history.ts'

/**
 * The row of a visitor (or visit) that entered, as text; null where the property is unset. `seen`
 * are its events. The touches lie from `from` up to the moment in which the furthest stage was
 * first reached; of several in one moment, which means no sequence, the rows' own decides.
 */
export function rowOf(
  { property, attribution }: Breakdown,
  range: Range,
  match: Match,
  seen: readonly HistoryEvent[],
): string | null {
  const eventAt = (position: number | undefined) =>
    seen.find((event) => event.position === position)
  const furthest = match.chains[match.furthest - 1] ?? []
  const conversion = eventAt(furthest.at(-1))
  const touches = seen.filter(
    (event) =>
      conversion &&
      event.at >= range.from &&
      event.at <= conversion.at &&
      textOf(event, property) !== null,
  )
  switch (attribution) {
    case 'last_touch':
      return textOf(touches.at(-1), property)
    case 'first_touch':
      return textOf(touches.at(0), property)
    case 'entry':
      return textOf(eventAt(furthest.at(0)), property)
    default: {
      const stage = Number(attribution.slice('stage:'.length))
      return textOf(eventAt(match.chains[stage - 1]?.at(-1)), property)
    }
  }
}

function textOf(event: HistoryEvent | undefined, property: string): string | null {
  const value = event && valuesOf(event, property).at(0)
  return value === undefined ? null : String(value)
}
