import type { AskedQuestion, ConversionAnswer, RevenueAnswer, StageAnswer } from '@weir/contract'
import { dropOff, type Revenue, summary } from '@weir/timeline'
import { type Counts, ratesOf } from './rates-of.ts'

/** What is known of every stage. */
export function stagesOf(asked: AskedQuestion, counts: Counts): StageAnswer[] {
  const { stages } = counts.tally
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
      time_to_stage: place > 0 ? summary(tally?.time_to_stage ?? []) : null,
      time_at_stage: goesOn
        ? { continued: summary(tally?.continued ?? []), left: summary(tally?.left ?? []) }
        : null,
      revenue: revenueOf(tally?.revenue),
    }
  })
}

/** What is known of the last stage. */
export function conversionOf(asked: AskedQuestion, counts: Counts): ConversionAnswer {
  const last = asked.stages.length - 1
  const { stages, events, time_to_convert } = counts.tally
  return {
    count: stages[last]?.count ?? 0,
    events,
    rates: ratesOf(asked, counts, last),
    time_to_convert: summary(time_to_convert),
    revenue: revenueOf(stages[last]?.revenue),
  }
}

/** Views and chats are worth nothing in no currency: that is no revenue. */
function revenueOf(revenue: Map<string, Revenue> | undefined): RevenueAnswer[] {
  return [...(revenue ?? [])]
    .filter(([currency, { value }]) => currency !== '' || value !== 0)
    .map(([currency, { orders, value }]) => ({
      currency: currency || null,
      orders,
      value: toCents(value),
      average_order_value: toCents(value / orders),
    }))
    .sort((a, b) => b.orders - a.orders)
}

/** Sums of binary fractions end in noise; nobody's currency has more than four decimals. */
const toCents = (value: number): number => Math.round(value * 10_000) / 10_000
