/**
 * The row of a visitor (or visit) that entered.
 *
 * 1. `entry` and `stage:k` look at one event of the chain that first reached a stage; touches at
 *    the events from `from` up to and including the moment in which the furthest stage was first
 *    reached.
 * 2. Of touches, those of the last (or first) moment are left in which any has the property.
 * 3. Events that tie, because they share a moment or their chains have the same times, stand in no
 *    sequence: a value goes before unset, the smaller text before the larger, so that the sequence
 *    of the rows cannot decide.
 */
import type { Funnel, Range } from '../src/matching/funnel.ts'
import { chainsTo } from './chains-to.ts'
import { valuesOf } from './filter.ts'
import { firstChains } from './first-chains.ts'
import type { HistoryEvent } from './history.ts'

/** The text of the breakdown's value, null where it is unset. `seen` are all events, `furthest` the stage reached. */
export function rowOf(
  funnel: Funnel,
  range: Range,
  seen: readonly HistoryEvent[],
  furthest: number,
): string | null {
  const texts = lookedAt(funnel, range, seen, furthest).flatMap((event) => textsOf(funnel, event))
  return texts.toSorted()[0] ?? null
}

/** The events whose value decides: one, or those that tie for it. */
function lookedAt(
  funnel: Funnel,
  range: Range,
  seen: readonly HistoryEvent[],
  furthest: number,
): HistoryEvent[] {
  const attribution = funnel.breakdown?.attribution
  const first = (k: number) => firstChains(chainsTo(funnel, range, seen, k))
  if (attribution === 'entry') return first(furthest).map((chain) => chain.at(0)!)
  if (attribution?.startsWith('stage:'))
    return first(Number(attribution.slice('stage:'.length))).map((chain) => chain.at(-1)!)

  const end = first(furthest)[0]!.at(-1)!
  const touches = seen.filter(
    (event) => event.at >= range.from && event.at <= end.at && textsOf(funnel, event).length > 0,
  )
  const touch = attribution === 'first_touch' ? touches.at(0) : touches.at(-1)
  return touches.filter((event) => event.at === touch?.at)
}

const textsOf = (funnel: Funnel, event: HistoryEvent) =>
  funnel.breakdown ? valuesOf(event, funnel.breakdown.property).map(String) : []
