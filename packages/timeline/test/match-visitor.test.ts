import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyOf, isChain, oracleMatch, seenEvents, unitsOf } from '../oracle/index.ts'
import type { Funnel } from '../src/funnel.ts'
import type { Event } from '../src/gather.ts'
import type { Match } from '../src/match.ts'
import { engineMatch } from './engine.ts'
import { anyFunnel, ORDERS } from './funnels.ts'
import { anyHistory, RANGE } from './histories.ts'
import { runs } from './runs.ts'

test.each(ORDERS)(
  '%s: what was reached, by which events, and how far is as the oracle says',
  (order) => {
    fc.assert(
      fc.property(
        anyFunnel({ orders: [order] }),
        anyHistory({ maxLength: 8 }),
        (funnel, events) => {
          const engine = engineMatch(funnel, RANGE, events)
          const oracle = oracleMatch(funnel, RANGE, events)
          expect(timed(engine, events)).toEqual(timed(oracle, events))
        },
      ),
      runs(),
    )
  },
)

test.each(ORDERS)('%s: the chain that the engine names is a chain', (order) => {
  fc.assert(
    fc.property(anyFunnel({ orders: [order] }), anyHistory({ maxLength: 12 }), (funnel, events) => {
      expect(falseChains(funnel, events, engineMatch(funnel, RANGE, events))).toEqual([])
    }),
    runs(),
  )
})

/**
 * Matches with the times of their chains in place of the events: chains with the same times are
 * equally first. A visit in which nothing was reached may be listed or not.
 */
function timed(matches: readonly Match[], events: readonly Event[]) {
  const history = historyOf(events)
  return matches
    .filter((match) => match.furthest > 0)
    .map((match) => ({
      ...match,
      chains: match.chains.map((chain) => chain?.map((position) => history[position]!.at) ?? null),
    }))
}

/** The chains named that are none, by the definition, in any visit. */
function falseChains(funnel: Funnel, events: readonly Event[], matches: readonly Match[]) {
  const visits = unitsOf(funnel, events).map((unit) => seenEvents(funnel, unit))
  const named = matches.flatMap(({ chains }) =>
    chains.flatMap((positions, i) => (positions ? [{ positions, k: i + 1 }] : [])),
  )
  return named.filter(({ positions, k }) => {
    const inSome = visits.some((seen) => {
      const chain = positions.map((position) => seen.find((event) => event.position === position))
      return chain.every((event) => event !== undefined) && isChain(funnel, RANGE, seen, k, chain)
    })
    return !inSome
  })
}
