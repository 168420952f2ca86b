import { type Funnel, VISIT_GAP_MS } from '../src/matching/funnel.ts'
import { countedEvents, type HistoryEvent } from './history.ts'

/** Cuts a history where more than 30 minutes pass without an event of any kind, filtered out or not. */
export function visitsOf(funnel: Funnel, history: readonly HistoryEvent[]): HistoryEvent[][] {
  const visits: HistoryEvent[][] = []
  for (const event of countedEvents(funnel, history)) {
    const visit = visits.at(-1)
    const before = visit?.at(-1)
    if (visit && before && event.at - before.at <= VISIT_GAP_MS) visit.push(event)
    else visits.push([event])
  }
  return visits
}
