import type { Event } from '../src/gather.ts'
import type { Funnel, Range } from '../src/matching/funnel.ts'
import type { Match } from '../src/matching/match.ts'
import { chainsTo } from './chains-to.ts'
import { firstChains } from './first-chains.ts'
import { type HistoryEvent, historyOf, seenEvents } from './history.ts'
import { visitsOf } from './visits.ts'

/** What one visitor did: one match, or one for each visit. Positions are those of its events ordered by `at`. */
export function oracleMatch(funnel: Funnel, range: Range, events: readonly Event[]): Match[] {
  return unitsOf(funnel, events).map((unit) => matchUnit(funnel, range, unit))
}

/** What the funnel counts of one visitor: itself, or each of its visits. */
export function unitsOf(funnel: Funnel, events: readonly Event[]): HistoryEvent[][] {
  const history = historyOf(events)
  if (funnel.unit === 'visit') return visitsOf(funnel, history)
  return history.length > 0 ? [history] : []
}

/** What was done in one visitor or visit. */
export function matchUnit(funnel: Funnel, range: Range, unit: readonly HistoryEvent[]): Match {
  const seen = seenEvents(funnel, unit)
  const all = funnel.stages.map((_, i) => chainsTo(funnel, range, seen, i + 1))
  const chains = all.map((some) => firstChains(some)[0]?.map((event) => event.position) ?? null)
  const reached = funnel.stages.map((stage, i) => chains[i] !== null && !stage.optional)
  return {
    chains,
    fills: all.map((some) => ascending(new Set(some.map((chain) => chain.at(-1)!.position)))),
    furthest: reached.lastIndexOf(true) + 1,
  }
}

const ascending = (positions: Iterable<number>) => [...positions].sort((a, b) => a - b)
