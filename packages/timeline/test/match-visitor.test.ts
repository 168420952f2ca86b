import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyOf, isChain, oracleMatch, seenEvents, unitsOf } from '../oracle/index.ts'
import type { Event } from '../src/gather.ts'
import type { Funnel } from '../src/matching/funnel.ts'
import type { Match } from '../src/matching/match.ts'
import { engineMatch } from './engine.ts'
import { anyFunnel } from './funnels.ts'
import { anyHistory, RANGE } from './histories.ts'
import { runs } from './runs.ts'

/** What is rare in the others is the rule in one. */
const questions: readonly [name: string, funnel: fc.Arbitrary<Funnel>][] = [
  ['ordered', anyFunnel({ orders: ['ordered'] })],
  ['ordered, hold', anyFunnel({ orders: ['ordered'], hold: 'p' })],
  ['ordered, exclusions', anyFunnel({ orders: ['ordered'], exclusions: 1, wide: true })],
  ['ordered, exclusions, hold', anyFunnel({ orders: ['ordered'], exclusions: 1, hold: 'p' })],
  ['strict', anyFunnel({ orders: ['strict'], wide: true })],
  ['any order', anyFunnel({ orders: ['any_order'] })],
  ['any order, exclusions', anyFunnel({ orders: ['any_order'], exclusions: 1, wide: true })],
]

test.each(questions)(
  '%s: what was reached, when and by which events is as the oracle says',
  (_, funnel) => {
    fc.assert(
      fc.property(funnel, anyHistory({ maxLength: 8 }), (funnel, events) => {
        expect(timed(engineMatch(funnel, RANGE, events), events)).toEqual(
          timed(oracleMatch(funnel, RANGE, events), events),
        )
      }),
      runs(),
    )
  },
)

test.each(questions)('%s: a chain that the engine names is one', (_, funnel) => {
  fc.assert(
    fc.property(funnel, anyHistory({ maxLength: 12 }), (funnel, events) => {
      expect(falseChains(funnel, events, engineMatch(funnel, RANGE, events))).toEqual([])
    }),
    runs(0.5),
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
