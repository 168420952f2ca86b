/**
 * The whole answer.
 *
 * 1. Every visitor (or every visit of theirs) is matched on its own.
 * 2. It is one of the site's when the question sees an event of it in the range.
 * 3. What it did is added to the total, and, when it entered, to its one row of the breakdown.
 */

import type { Event } from '../src/gather.ts'
import type { Funnel, Range } from '../src/matching/funnel.ts'
import { addMatch } from './add-match.ts'
import { rowOf } from './attribution.ts'
import { historyOf, seenEvents } from './history.ts'
import { matchUnit, unitsOf } from './match.ts'
import type { PlainFunnelTally, PlainTally } from './plain-tally.ts'

export function oracleTally(
  funnel: Funnel,
  range: Range,
  events: readonly Event[],
): PlainFunnelTally {
  const inRange = ({ at }: Event) => at >= range.from && at < range.to
  const rows = new Map<string | null, PlainTally>()
  const total: PlainFunnelTally = {
    ...emptyTally(funnel),
    site_visitors: 0,
    cookieless_events: cookielessEvents(funnel, events).filter(inRange).length,
    rows: funnel.breakdown && rows,
  }
  for (const visitor of new Set(events.map((event) => event.visitor))) {
    const own = events.filter((event) => event.visitor === visitor)
    const history = historyOf(own)
    for (const unit of unitsOf(funnel, own)) {
      const seen = seenEvents(funnel, unit)
      const match = matchUnit(funnel, range, unit)
      if (seen.some(inRange)) total.site_visitors++
      addMatch(total, funnel, range, match, history)
      if (!funnel.breakdown || match.furthest === 0) continue
      const value = rowOf(funnel, range, seen, match.furthest)
      const row = rows.get(value) ?? emptyTally(funnel)
      addMatch(row, funnel, range, match, history)
      rows.set(value, row)
    }
  }
  return total
}

/** Those that the question sees, or would if it counted them. */
function cookielessEvents(funnel: Funnel, events: readonly Event[]): Event[] {
  return seenEvents({ ...funnel, cookieless: true }, historyOf(events)).filter(
    (event) => String(event.properties.cookieless) === 'true',
  )
}

function emptyTally(funnel: Funnel): PlainTally {
  return {
    stages: funnel.stages.map(() => ({
      count: 0,
      time_to_stage: [],
      continued: [],
      left: [],
      revenue: new Map(),
    })),
    time_to_convert: [],
    events: 0,
  }
}
