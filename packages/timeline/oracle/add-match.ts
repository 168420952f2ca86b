import type { Funnel, Range } from '../src/matching/funnel.ts'
import type { Match } from '../src/matching/match.ts'
import { amountOf } from '../src/properties.ts'
import { valuesOf } from './filter.ts'
import type { HistoryEvent } from './history.ts'
import type { PlainStage, PlainTally } from './plain-tally.ts'
import { visitsOf } from './visits.ts'

/** Adds what one visitor (or visit) did; `history` is all that the visitor did. */
export function addMatch(
  tally: PlainTally,
  funnel: Funnel,
  range: Range,
  match: Match,
  history: readonly HistoryEvent[],
): void {
  const timesOf = (k: number) => match.chains[k - 1]?.map((position) => history[position]!.at)
  tally.stages.forEach((stage, i) => {
    const times = timesOf(i + 1)
    const fills = match.fills[i]!.map((position) => history[position]!)
    addRevenue(stage, fills)
    if (!times) return
    stage.count++
    const time = lastTime(times)
    if (time !== null) stage.time_to_stage.push(time)
    const next = nextRequired(funnel, i + 1)
    const nextTimes = next && timesOf(next)
    if (nextTimes) stage.continued.push(lastTime(nextTimes)!)
    else if (next)
      stage.left.push(endOfVisit(funnel, range, history, match.chains[i]!) - times.at(-1)!)
  })
  const converted = timesOf(tally.stages.length)
  if (converted) tally.time_to_convert.push(converted.at(-1)! - converted.at(0)!)
  tally.events += match.fills.at(-1)!.length
}

/** From the stage filled before to the last one; null where there is none before. */
function lastTime(times: readonly number[]): number | null {
  const before = times.at(-2)
  return before === undefined ? null : times.at(-1)! - before
}

function nextRequired(funnel: Funnel, k: number): number | null {
  const next = funnel.stages.findIndex((stage, i) => i + 1 > k && !stage.optional)
  return next < 0 ? null : next + 1
}

/**
 * When the last event, of any kind, happened of the visit in which the chain ends. Events are read
 * up to, not including, `to + window`; what happened to be stored later must not change the answer.
 */
function endOfVisit(
  funnel: Funnel,
  range: Range,
  history: readonly HistoryEvent[],
  chain: readonly number[],
): number {
  const visit = visitsOf(funnel, history).find((events) =>
    events.some((event) => event.position === chain.at(-1)),
  )
  return visit!.findLast((event) => event.at < range.to + funnel.window_ms)!.at
}

function addRevenue(stage: PlainStage, fills: readonly HistoryEvent[]): void {
  for (const event of fills) {
    const currency = String(valuesOf(event, 'currency')[0] ?? '')
    const revenue = stage.revenue.get(currency) ?? { orders: 0, value: 0 }
    revenue.orders += 1
    revenue.value += amountOf(event.properties) ?? 0
    stage.revenue.set(currency, revenue)
  }
}
