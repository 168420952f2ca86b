import type { Range } from '../matching/funnel.ts'
import { BOT, COOKIELESS, type Column, type Timelines } from '../timeline.ts'

/** Which names and values events have. Bots and cookieless events are counted apart. */
export interface UsageTally {
  events: number
  bot_events: number
  cookieless_events: number
  names: Map<string, NameUsage>
  properties: Map<string, PropertyUsage>
}

export interface NameUsage {
  events: number
  /** The newest, in milliseconds since 1970. */
  last_at: number
}

export interface PropertyUsage {
  /** Events that have it. */
  events: number
  /** By value as text; of a list, by each of its values. */
  values: Map<string, number>
  /** There are more values than are kept. */
  overflows: boolean
}

/** What has more values than that has ids: none of them is common. */
export const MOST_VALUES = 10_000

export const emptyUsage = (): UsageTally => ({
  events: 0,
  bot_events: 0,
  cookieless_events: 0,
  names: new Map(),
  properties: new Map(),
})

/** Adds the events of a range; of properties those that have a column. */
export function addUsage(tally: UsageTally, timelines: Timelines, { from, to }: Range): void {
  const { at, codes, names, hidden } = timelines
  const counts = new Float64Array(names.length)
  const newest = new Float64Array(names.length).fill(Number.NEGATIVE_INFINITY)
  const isCounted = new Uint8Array(codes.length)
  for (let event = 0; event < codes.length; event++) {
    const time = at[event]!
    if (time < from || time >= to) continue
    const code = codes[event]!
    const bits = hidden?.[code] ?? 0
    if (bits !== 0) {
      if ((bits & BOT) !== 0) tally.bot_events++
      if ((bits & COOKIELESS) !== 0) tally.cookieless_events++
      continue
    }
    isCounted[event] = 1
    counts[code]! += 1
    if (time > newest[code]!) newest[code] = time
  }
  for (const [code, name] of names.entries()) {
    const events = counts[code]!
    if (events === 0) continue
    tally.events += events
    const known = tally.names.get(name)
    tally.names.set(name, {
      events: events + (known?.events ?? 0),
      last_at: Math.max(newest[code]!, known?.last_at ?? Number.NEGATIVE_INFINITY),
    })
  }
  for (const [property, column] of timelines.columns) addColumn(tally, property, column, isCounted)
}

function addColumn(
  tally: UsageTally,
  property: string,
  { codes, values }: Column,
  isCounted: Uint8Array,
): void {
  const counts = new Float64Array(values.length)
  for (let event = 0; event < codes.length; event++) {
    if (isCounted[event] === 1) counts[codes[event]!]! += 1
  }
  const usage = tally.properties.get(property) ?? {
    events: 0,
    values: new Map<string, number>(),
    overflows: false,
  }
  for (let code = 1; code < values.length; code++) {
    const events = counts[code]!
    if (events === 0) continue
    usage.events += events
    const value = values[code]!
    for (const text of typeof value === 'object' ? new Set(value.map(String)) : [String(value)]) {
      const known = usage.values.get(text)
      if (known === undefined && usage.values.size >= MOST_VALUES) usage.overflows = true
      else usage.values.set(text, events + (known ?? 0))
    }
  }
  if (usage.events > 0) tally.properties.set(property, usage)
}
