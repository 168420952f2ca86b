import type { Event } from '../src/gather.ts'
import type { Funnel, Range, Stage } from '../src/matching/funnel.ts'

export const MINUTE_MS = 60_000

/** A day from which tables count their minutes. */
export const DAY: Range = { from: 0, to: 1440 * MINUTE_MS }

/** `A → B|C? → *`: an event name or several, optional where a question mark ends them. Window one hour. */
export function funnelOf(stages: string, rest: Partial<Funnel> = {}): Funnel {
  return {
    stages: stages.split('→').map(stageOf),
    window_ms: 60 * MINUTE_MS,
    order: 'ordered',
    unit: 'visitor',
    hold: null,
    filters: [],
    exclusions: [],
    breakdown: null,
    bots: false,
    cookieless: false,
    ...rest,
  }
}

function stageOf(text: string): Stage {
  const [names = '', ...optional] = text.trim().split('?')
  return { events: names.split('|'), filters: [], optional: optional.length > 0 }
}

/** `A0 B10.5`: names and minutes, of one visitor; `properties` by the position in the text. */
export function eventsOf(
  text: string,
  properties: Readonly<Record<number, Event['properties']>> = {},
): Event[] {
  return text.split(' ').map((word, position) => ({
    visitor: 'v',
    name: word.charAt(0),
    at: Math.round(Number(word.slice(1)) * MINUTE_MS),
    properties: properties[position] ?? {},
  }))
}
