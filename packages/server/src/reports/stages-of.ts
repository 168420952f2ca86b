import type { AskedQuestion, ConversionAnswer, StageAnswer } from '@weir/contract'
import {
  continuedOf,
  dropOff,
  noTimes,
  revenueOf,
  type Summary,
  summary,
  type Times,
} from '@weir/timeline'
import { type Counts, ratesOf } from './rates-of.ts'
import { revenueRows } from './revenue-rows.ts'

/** What is known of every stage. */
export function stagesOf(asked: AskedQuestion, counts: Counts): StageAnswer[] {
  const { stages } = counts.tally
  const isOptional = asked.stages.map(({ optional }) => optional)
  return asked.stages.map(({ name, optional }, place) => {
    const tally = stages[place]
    const count = tally?.count ?? 0
    const next = asked.stages.findIndex((later, at) => at > place && !later.optional)
    const goesOn = next !== -1
    return {
      stage: place + 1,
      name,
      optional,
      count,
      drop_off: goesOn && !optional ? dropOff(count, stages[next]?.count ?? 0) : null,
      rates: ratesOf(asked, counts, place),
      time_to_stage: place > 0 ? summed(tally?.time_to_stage ?? noTimes()) : null,
      time_at_stage: goesOn
        ? {
            continued: summed(continuedOf(counts.tally, isOptional, place)),
            left: summed(tally?.left ?? noTimes()),
          }
        : null,
      revenue: tally ? revenueRows(revenueOf(tally)) : [],
    }
  })
}

const known = new WeakMap<Times, Summary>()

/**
 * Times in four numbers. Those that were counted for several askers, or stand in one answer twice, are summed up
 * once: of millions that takes a while. They must not be added to any more.
 */
function summed(times: Times): Summary {
  const sum = known.get(times) ?? inMilliseconds(summary(times))
  known.set(times, sum)
  return sum
}

/** What is known of the stage that was asked for. */
export function conversionOf(asked: AskedQuestion, counts: Counts): ConversionAnswer {
  const measured = asked.stage - 1
  const { stages, time_to_convert } = counts.tally
  const tally = stages[measured]
  return {
    count: tally?.count ?? 0,
    events: tally?.fills ?? 0,
    rates: ratesOf(asked, counts, measured),
    time_to_convert: asked.stage === asked.stages.length ? summed(time_to_convert) : null,
    revenue: tally ? revenueRows(revenueOf(tally)) : [],
  }
}

/** Events have milliseconds: what a mean or a percentile has behind them is noise. */
function inMilliseconds({ count, mean_seconds, median_seconds, p90_seconds }: Summary): Summary {
  const rounded = (seconds: number | null) =>
    seconds === null ? null : Math.round(seconds * 1_000) / 1_000
  return {
    count,
    mean_seconds: rounded(mean_seconds),
    median_seconds: rounded(median_seconds),
    p90_seconds: rounded(p90_seconds),
  }
}
