import { type Range, STAGES, WINDOW_DAYS, WINDOW_MS } from './question.ts'
import type { Source } from './window-sql.ts'

/** The server's own table of events. */
export const eventsTable = (site_id: number, { from, to }: Range): Source => ({
  from_clause: `events where site_id = ${site_id}`,
  visitor: 'visitor_id',
  at: 'at',
  isStage: (stage) => `name = '${STAGES[stage - 1]}'`,
  from: `timestamptz '${new Date(from).toISOString()}'`,
  to: `timestamptz '${new Date(to).toISOString()}'`,
  window: `interval '${WINDOW_DAYS} days'`,
})

/** The events of mobiles in it, for checking a filtered answer. */
export const mobilesOf = (source: Source): Source => ({
  ...source,
  from_clause: `${source.from_clause} and properties ->> 'device' = 'mobile'`,
})

/** Three narrow columns and nothing else: the best that a table of rows, or another database, can be given. */
export const narrowTable = ({ from, to }: Range): Source => ({
  from_clause: 'narrow_events where true',
  visitor: 'visitor',
  at: 'happened',
  isStage: (stage) => `stage = ${stage}`,
  from: String(from),
  to: String(to),
  window: String(WINDOW_MS),
})
