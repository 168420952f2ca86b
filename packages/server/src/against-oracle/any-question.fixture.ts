import type { FilterInput, FunnelQuestion, SelectorInput } from '@weir/contract'
import type { Filter, Funnel, Range, Selector } from '@weir/timeline'
import fc from 'fast-check'
import { anyFunnel } from '../../../timeline/test/funnels.ts'
import { HOUR_MS, MIDNIGHTS, MINUTE_MS } from './shop-history.fixture.ts'

/** For tests: a question as it is sent, and what it means by semantics.md and api.md. */
export interface AnyQuestion {
  question: FunnelQuestion
  funnel: Funnel
  range: Range
  target: Selector | null
  limit: number
}

/** The words of timeline/test/funnels.ts, in a shop's. */
const WORDS: Record<string, string> = {
  A: 'product_view',
  B: 'add_to_cart',
  C: 'purchase',
  X: 'remove_from_cart',
  p: 'product_id',
  q: 'utm_campaign',
}
const inShop = (word: string): string => WORDS[word] ?? word

const WINDOWS = { '1s': 1_000, '10m': 600_000, '30m': 1_800_000, '60m': 3_600_000 }
const LONG_WINDOWS = { '1d': 24 * HOUR_MS, '36h': 36 * HOUR_MS, '7d': 168 * HOUR_MS }

/** A window as it is sent, and in milliseconds. */
export const anyWindow = fc.constantFrom(...Object.entries({ ...WINDOWS, ...LONG_WINDOWS }))

export const anyQuestion: fc.Arbitrary<AnyQuestion> = fc
  .record({
    funnel: fc.oneof(anyFunnel(), anyFunnel({ maxStages: 3, wide: true })),
    window: anyWindow,
    range: anyRange(),
    target: fc.constantFrom(null, 'view', 'add_to_cart', '*', 'product_view'),
    limit: fc.constantFrom(undefined, 1, 2, 25),
    saysDefaults: fc.boolean(),
  })
  .map(({ funnel: plain, window: [window, window_ms], range, target, limit, saysDefaults }) => {
    const { breakdown, ...rest } = plain
    const funnel: Funnel = {
      ...rest,
      window_ms,
      stages: plain.stages.map((stage) => ({ ...stage, ...selectorOf(stage) })),
      exclusions: plain.exclusions.map((one) => ({ ...one, ...selectorOf(one) })),
      filters: plain.filters.map(filterOf),
      hold: plain.hold && inShop(plain.hold),
      breakdown: breakdown && { ...breakdown, property: inShop(breakdown.property) },
    }
    const whole: FunnelQuestion = {
      ...inputOf(funnel),
      ...{ window, from: range.text.from, to: range.text.to },
      target: target === null ? null : { events: [target] },
      breakdown: funnel.breakdown && { ...funnel.breakdown, limit },
    }
    return {
      question: saysDefaults ? whole : withoutDefaults(whole),
      funnel,
      range: range.ms,
      target: target === null ? null : { events: [target], filters: [] },
      limit: limit ?? 25,
    }
  })

/** Also one that is cut within a day, or is the day of 25 hours; written in every way there is. */
export function anyRange() {
  const edge = fc.tuple(fc.constantFrom(0, 0, 1, 2, 3, 5, 5), fc.constantFrom(0, 0, 0, 10, 30, 90))
  return fc
    .tuple(edge, edge, fc.constantFrom('date', 'iso', 'ms', 'digits'))
    .filter(([a, b]) => msOf(a) !== msOf(b))
    .map(([a, b, form]) => {
      const [from, to] = msOf(a) < msOf(b) ? [a, b] : [b, a]
      const text = ([day, minutes]: typeof a) => textOf(day, minutes, form)
      return { ms: { from: msOf(from), to: msOf(to) }, text: { from: text(from), to: text(to) } }
    })
}

const msOf = ([day, minutes]: readonly [number, number]): number =>
  (MIDNIGHTS[day] ?? 0) + minutes * MINUTE_MS

function textOf(day: number, minutes: number, form: string): string | number {
  const ms = msOf([day, minutes])
  if (form === 'date' && minutes === 0) return `2026-10-${23 + day}`
  if (form === 'ms') return ms
  return form === 'digits' ? String(ms) : new Date(ms).toISOString().replace('Z', '+00:00')
}

function filterOf({ property, op, value }: Filter): Filter {
  const own = { property: inShop(property), op }
  if (value === undefined) return own
  // What is compared with a text that is no number is refused.
  const isBad = ['gt', 'gte', 'lt', 'lte'].includes(op) && !(Number.parseFloat(String(value)) > 0)
  return { ...own, value: isBad ? 2 : value }
}

const selectorOf = ({ events, filters }: Selector): Selector => ({
  events: events.map(inShop),
  filters: filters.map(filterOf),
})

/** The same, with lists that may be changed. */
const inputOf = (funnel: Funnel): Omit<FunnelQuestion, 'from' | 'to'> => ({
  stages: funnel.stages.map((stage, place) => ({
    ...selectorInput(stage),
    optional: stage.optional,
    name: `stage ${place + 1}`,
  })),
  exclusions: funnel.exclusions.map(({ after_stage, before_stage, ...selector }) => ({
    ...selectorInput(selector),
    ...{ after_stage, before_stage },
  })),
  filters: funnel.filters.map(filterInput),
  ...{ order: funnel.order, unit: funnel.unit, hold: funnel.hold },
  ...{ bots: funnel.bots, cookieless: funnel.cookieless },
})

const selectorInput = ({ events, filters }: Selector): SelectorInput => ({
  events: [...events],
  filters: filters.map(filterInput),
})

function filterInput({ property, op, value }: Filter): FilterInput {
  if (value === undefined) return { property, op }
  return { property, op, value: typeof value === 'object' ? [...value] : value }
}

const DEFAULTS: Record<string, unknown> = {
  ...{ order: 'ordered', unit: 'visitor', window: '7d', hold: null, target: null, breakdown: null },
  ...{ filters: [], bots: false, cookieless: false, exclusions: [] },
}

/** What goes without saying is not said. */
function withoutDefaults({
  from,
  to,
  stages,
  exclusions,
  ...rest
}: FunnelQuestion): FunnelQuestion {
  const said = Object.entries({ ...rest, exclusions }).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULTS[name]),
  )
  return { from, to, stages, ...Object.fromEntries(said) }
}

/** A filter of a whole question, or none. */
export const anyFilters: fc.Arbitrary<readonly Filter[]> = anyFunnel().map(({ filters, stages }) =>
  [...filters, ...stages.flatMap((stage) => stage.filters)].slice(0, 1).map(filterOf),
)
