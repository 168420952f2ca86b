import { type PropertyUse, type SchemaAnswer, type Site, STANDARD_STAGES } from '@weir/contract'
import type { PropertyUsage, Range } from '@weir/timeline'
import type { Backend } from '../backend.ts'
import { findUsage, type UsageOptions } from './find-usage.ts'

const VALUES_SHOWN = 10

const USUAL: UsageOptions = {
  sought: STANDARD_STAGES,
  back_days: 400,
  most_back_events: 20_000_000,
  most_sample_events: 1_000_000,
  limit_ms: 30_000,
}

/** What a site sends: names, stages, properties. */
export async function answerSchema(
  { db, now }: Pick<Backend, 'db' | 'now'>,
  site: Site,
  range: Range,
  signal: AbortSignal,
  options: Partial<UsageOptions> = {},
): Promise<SchemaAnswer> {
  const as_of = now()
  const found = await findUsage(db.timelines, site.id, range, { ...USUAL, ...options }, signal)
  const { names, sample, last_at, looked_back_to } = found
  return {
    from: timeText(range.from),
    to: timeText(range.to),
    as_of: timeText(as_of),
    events: names.events,
    bot_events: names.bot_events,
    cookieless_events: names.cookieless_events,
    names: [...names.names]
      .map(([name, { events, last_at }]) => ({ name, events, last_at: timeText(last_at) }))
      .sort((a, b) => b.events - a.events || (a.name < b.name ? -1 : 1)),
    stages: STANDARD_STAGES.map((name) => {
      const last = last_at.get(name)
      return {
        name,
        events: names.names.get(name)?.events ?? 0,
        last_at: last === undefined ? null : timeText(last),
      }
    }),
    looked_back_to: timeText(looked_back_to),
    properties: [...sample.properties]
      .map(([property, usage]) => useOf(property, usage))
      .sort((a, b) => b.events - a.events || (a.property < b.property ? -1 : 1)),
    sample: { events: sample.events, of: names.events },
  }
}

function useOf(property: string, { events, values, overflows }: PropertyUsage): PropertyUse {
  return {
    property,
    events,
    distinct: overflows ? null : values.size,
    values: [...values]
      .map(([value, events]) => ({ value, events }))
      .sort((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1))
      .slice(0, VALUES_SHOWN),
  }
}

// A year before 1 has a sign.
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z')
const timeText = (ms: number): string => new Date(Math.max(ms, EARLIEST_MS)).toISOString()
