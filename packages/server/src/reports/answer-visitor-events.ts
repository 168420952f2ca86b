import type { Site, StoredEvent, VisitorEventsAnswer } from '@weir/contract'
import { z } from 'zod'
import type { Backend } from '../backend.ts'
import { csvText } from '../text/csv-text.ts'
import { checkVisitor } from './check-visitor.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { listVisitorEvents, type VisitorEvent } from './list-visitor-events.ts'
import { resolveOpenRange } from './resolve-range.ts'

export interface VisitorEventsQuestion {
  from?: string | number | undefined
  to?: string | number | undefined
  order: 'newest' | 'oldest'
  limit: number
  cursor?: string | undefined
}

const eventKey = z.object({ at: z.number(), id: z.uuid() })

/** What one visitor did, a page at a time. */
export async function answerVisitorEvents(
  { db }: Backend,
  site: Site,
  visitor_id: string,
  { from, to, order, limit, cursor }: VisitorEventsQuestion,
): Promise<VisitorEventsAnswer> {
  await checkVisitor(db.reports, site.id, visitor_id)
  const range = resolveOpenRange({ from, to }, site.time_zone)
  const same = [visitor_id, range, order]
  const events = await listVisitorEvents(db.reports, site.id, visitor_id, {
    ...range,
    newestFirst: order === 'newest',
    after: cursor === undefined ? undefined : readCursor(same, cursor, eventKey),
    // One more tells whether there is another page.
    limit: limit + 1,
  })
  const last = events.length > limit ? events[limit - 1] : undefined
  return {
    visitor_id,
    events: events.slice(0, limit).map(storedEvent),
    next: last ? writeCursor(same, { at: last.at.getTime(), id: last.id }) : null,
  }
}

const storedEvent = ({ at, ...event }: VisitorEvent): StoredEvent => ({
  ...event,
  at: at.toISOString(),
})

/** One row an event, its properties as JSON. */
export const visitorEventsCsv = ({ events }: VisitorEventsAnswer): string =>
  csvText([
    ['id', 'name', 'at', 'stream', 'seq', 'properties'],
    ...events.map(({ id, name, at, stream, seq, properties }) => [
      ...[id, name, at, stream, seq],
      JSON.stringify(properties),
    ]),
  ])
