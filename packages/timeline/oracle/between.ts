import type { Chain, HistoryEvent } from './history.ts'

/** The events outside the chain that lie after the moment of `begin` and before that of `end`. */
export function between(
  events: readonly HistoryEvent[],
  chain: Chain,
  begin: HistoryEvent,
  end: HistoryEvent,
): HistoryEvent[] {
  return events.filter(
    (event) => !chain.includes(event) && event.at > begin.at && event.at < end.at,
  )
}
