import type { Event } from '../src/gather.ts'
import type { Funnel } from '../src/matching/funnel.ts'
import { passesAll } from './filter.ts'

/** An event and its place among its visitor's events. */
export interface HistoryEvent extends Event {
  readonly position: number
}

/** Events of one visitor, one for each stage that they fill; the first is the entry. */
export type Chain = readonly HistoryEvent[]

/** One visitor's events ordered by `at`; the sequence within a moment is that of the rows and means nothing. */
export function historyOf(events: readonly Event[]): HistoryEvent[] {
  return events.toSorted((a, b) => a.at - b.at).map((event, position) => ({ ...event, position }))
}

/** The events that are not left out of every report: visits are cut from all of these, before filters. */
export function countedEvents(funnel: Funnel, history: readonly HistoryEvent[]): HistoryEvent[] {
  return history.filter(
    ({ properties }) =>
      (funnel.bots || String(properties.bot) !== 'true') &&
      (funnel.cookieless || String(properties.cookieless) !== 'true'),
  )
}

/** Of those, the events that a question sees. */
export function seenEvents(funnel: Funnel, history: readonly HistoryEvent[]): HistoryEvent[] {
  return countedEvents(funnel, history).filter((event) => passesAll(funnel.filters, event))
}
