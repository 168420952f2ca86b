/** What explains a visitor must say what counts it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnsOf, explain, gather } from '../src/index.ts'
import { engineTally } from './engine.ts'
import { anyFunnel } from './funnels.ts'
import { anyHistory, RANGE } from './histories.ts'
import { runs } from './runs.ts'
import { MINUTE_MS } from './shorthand.ts'

const anyCase = fc.record({
  funnel: anyFunnel().map((funnel) => ({ ...funnel, breakdown: null })),
  events: anyHistory({ maxLength: 12 }),
  as_of: fc.integer({ min: -10, max: 200 }).map((minute) => minute * MINUTE_MS),
})

it('gets as far as the count', () => {
  const reasons = new Set<string | undefined>()
  fc.assert(
    fc.property(anyCase, ({ funnel, events, as_of }) => {
      const { stages } = engineTally(funnel, RANGE, events)
      const furthest = stages.findLastIndex(
        ({ count }, place) => count > 0 && !funnel.stages[place]?.optional,
      )
      const { stop, ...told } = explain(funnel, RANGE, gather(events, columnsOf(funnel)), as_of)
      reasons.add(stop?.reason)
      expect(told.furthest).toBe(furthest + 1)
      expect(stop === null).toBe(told.furthest === funnel.stages.length)
    }),
    runs(),
  )
  expect(reasons.size).toBe(8)
})

it('calls a chain young exactly where one more event, now, would take it further', () => {
  fc.assert(
    fc.property(anyCase, ({ funnel: any, events, as_of }) => {
      const funnel = {
        ...any,
        hold: null,
        filters: [],
        unit: 'visitor' as const,
        // The next event must not be an excluded one.
        exclusions: any.exclusions.map((one) => ({ ...one, events: ['X'] })),
        stages: any.stages.map((stage) => ({
          ...stage,
          events: [...stage.events, 'next'],
          filters: [],
        })),
      }
      const known = events.filter(({ at }) => at <= as_of)
      const explained = (history: typeof events) =>
        explain(funnel, RANGE, gather(history, columnsOf(funnel)), as_of)
      const { furthest, stop } = explained(known)
      if (furthest === 0) return
      const next = { visitor: 'v', name: 'next', at: as_of, properties: {} }
      const goesOn = explained([...known, next]).furthest > furthest
      expect(stop?.reason === 'not_mature').toBe(goesOn)
    }),
    runs(),
  )
})
