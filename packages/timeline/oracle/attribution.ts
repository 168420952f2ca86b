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
import type { Attribution, Funnel, Range } from '../src/funnel.ts'
import { chainsTo } from './chains-to.ts'
import { valuesOf } from './filter.ts'
import { firstChains } from './first-chains.ts'
import type { Chain, HistoryEvent } from './history.ts'

/** The text of the breakdown's value, null where it is unset. `furthest` was reached, `seen` are all events. */
export function rowOf(
  funnel: Funnel,
  range: Range,
  seen: readonly HistoryEvent[],
  furthest: number,
): string | null {
  if (!funnel.breakdown) return null
  const { property, attribution } = funnel.breakdown
  const first = (k: number) => firstChains(chainsTo(funnel, range, seen, k))
  const events = eventsFor(attribution, first(furthest), first)
  if (events) return smallest(textsOf(events, property))

  const end = first(furthest)[0]!.at(-1)!.at
  const touches = seen.filter(
    (event) => event.at >= range.from && event.at <= end && textsOf([event], property).length > 0,
  )
  const touch = attribution === 'first_touch' ? touches.at(0) : touches.at(-1)
  const moment = touches.filter((event) => event.at === touch?.at)
  return smallest(textsOf(moment, property))
}

/** The events of chains that an attribution looks at; null when it looks at touches. */
function eventsFor(
  attribution: Attribution,
  chains: readonly Chain[],
  first: (k: number) => readonly Chain[],
): HistoryEvent[] | null {
  if (attribution === 'last_touch' || attribution === 'first_touch') return null
  if (attribution === 'entry') return chains.map((chain) => chain.at(0)!)
  return first(Number(attribution.slice('stage:'.length))).map((chain) => chain.at(-1)!)
}

const textsOf = (events: readonly HistoryEvent[], property: string) =>
  events.flatMap((event) => valuesOf(event, property).map(String))

const smallest = (texts: readonly string[]) => texts.toSorted()[0] ?? null
