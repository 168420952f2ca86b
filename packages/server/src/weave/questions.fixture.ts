import type { Event, Funnel, Range } from '@weir/timeline'
import type { PlainFunnelTally } from '../../../timeline/oracle/index.ts'

/** For tests: two stages, everything else as plain as can be. */
export const funnelOf = (first: string, last: string): Funnel => ({
  stages: [first, last].map((name) => ({ events: [name], filters: [], optional: false })),
  window_ms: 3_600_000,
  order: 'ordered',
  exclusions: [],
  hold: null,
  unit: 'visitor',
  filters: [],
  bots: false,
  cookieless: false,
  breakdown: null,
})

export const eventOf = (
  visitor: string,
  at: number,
  name: string,
  properties: Event['properties'] = {},
): Event => ({ visitor, at, name, properties })

/** How many events filled a stage, and what they were worth, in euros. */
export function filled(
  { stages }: PlainFunnelTally,
  stage: number,
): { orders: number; value: number } {
  const { orders, value } = stages[stage - 1]?.revenue.get('EUR') ?? { orders: 0, value: 0 }
  return { orders, value }
}

export const from = (at: number, ms: number): Range => ({ from: at, to: at + ms })
