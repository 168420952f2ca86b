import { instantMs, type SentEvent } from '@weir/contract'
import { idOfContent } from '../ingest/event-id.ts'

/**
 * The event with the id that the server would give it. Here, because equal events are counted from the
 * beginning of the file, also by a run that goes on in its middle.
 */
export function withId(event: Partial<SentEvent>, seen: Map<string, number>): Partial<SentEvent> {
  const { id, name, visitor_id, at, seq, properties } = event
  const ms = instantMs(at)
  // Without these the server refuses it, or knows better: a bare date is of the site's time zone.
  if (id !== undefined || name === undefined || visitor_id === undefined || ms === null)
    return event
  return { ...event, id: idOfContent(ms, { visitor_id, name, at, seq, properties }, seen) }
}
