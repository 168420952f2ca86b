import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Chain, chainsTo, type HistoryEvent, historyOf, isChain } from '../oracle/index.ts'
import { anyFunnel } from './funnels.ts'
import { anyHistory, RANGE } from './histories.ts'
import { runs } from './runs.ts'

/** Every sequence of up to `longest` distinct events, in any sequence of their times. */
function allSequences(events: readonly HistoryEvent[], longest: number): Chain[] {
  if (longest === 0) return [[]]
  const shorter = allSequences(events, longest - 1)
  const longer = shorter
    .filter((chain) => chain.length === longest - 1)
    .flatMap((chain) =>
      events.filter((event) => !chain.includes(event)).map((event) => [...chain, event]),
    )
  return [...shorter, ...longer]
}

test('chains grown event by event are all the sequences that are chains', () => {
  fc.assert(
    fc.property(anyFunnel(), anyHistory({ maxLength: 5 }), (funnel, events) => {
      const seen = historyOf(events)
      funnel.stages.forEach((_, i) => {
        const chains = allSequences(seen, i + 1).filter((chain) =>
          isChain(funnel, RANGE, seen, i + 1, chain),
        )
        const grown = chainsTo(funnel, RANGE, seen, i + 1)
        expect(new Set(grown.map(positions))).toEqual(new Set(chains.map(positions)))
      })
    }),
    runs(0.1),
  )
})

const positions = (chain: Chain) => chain.map((event) => event.position).join(' ')
