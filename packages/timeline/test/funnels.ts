/** Random questions over what histories.ts makes: stages that overlap and repeat, windows that just fit. */
import fc from 'fast-check'
import type {
  Attribution,
  Exclusion,
  Filter,
  Funnel,
  Order,
  Selector,
} from '../src/matching/funnel.ts'
import { VALUES } from './histories.ts'
import { MINUTE_MS } from './shorthand.ts'

const value = fc.constantFrom(...VALUES)

const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ property: fc.constant('p'), op: fc.constantFrom('eq', 'ne', 'contains'), value }),
  fc.record({
    property: fc.constant('p'),
    op: fc.constantFrom('in', 'not_in'),
    value: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ property: fc.constant('p'), op: fc.constantFrom('set', 'unset') }),
  // A list has no rule for these: asked of `value`, which no item carries.
  fc.record({
    property: fc.constant('value'),
    op: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'starts_with'),
    value: fc.constantFrom(2.5, '2.5', '5', 10, 'x', ''),
  }),
)

/** Mostly none, so that most events still match. */
const filters = fc.oneof({ weight: 8, arbitrary: fc.constant([]) }, fc.tuple(filter))

const selector = (names: string[][]): fc.Arbitrary<Selector> =>
  fc.record({ events: fc.constantFrom(...names), filters })

const stage = selector([['A'], ['B'], ['C'], ['A', 'B'], ['B', 'C'], ['X', 'A'], ['*']])
const excluded = selector([['X'], ['X'], ['B'], ['A', 'C'], ['*']])

export const ORDERS: readonly Order[] = ['ordered', 'strict', 'any_order']

interface Wish {
  readonly orders?: readonly Order[]
  readonly maxStages?: number
  /** At least so many exclusions, where there may be any. */
  readonly exclusions?: number
  readonly hold?: string
  /** Nothing that makes a long chain improbable: no filters, no visits, a wide window. */
  readonly wide?: boolean
}

const WIDE: Partial<Funnel> = {
  window_ms: 60 * MINUTE_MS,
  unit: 'visitor',
  filters: [],
  bots: true,
  cookieless: true,
}

/** Any question that would be answered. */
export function anyFunnel(wish: Wish = {}): fc.Arbitrary<Funnel> {
  const { orders = ORDERS, maxStages = 4, exclusions = 0, hold, wide = false } = wish
  return fc
    .record({
      stages: fc.array(fc.tuple(stage, fc.constantFrom(false, false, true)), {
        minLength: 2,
        maxLength: maxStages,
      }),
      window: fc.constantFrom(0, 10, 20, 30, 60),
      order: fc.constantFrom(...orders),
      unit: fc.constantFrom('visitor' as const, 'visitor' as const, 'visit' as const),
      hold: hold ? fc.constant(hold) : fc.constantFrom(null, null, 'p'),
      filters,
      exclusions: fc.array(fc.tuple(excluded, fc.nat(), fc.nat()), {
        minLength: exclusions,
        maxLength: 2,
      }),
      touch: fc.constantFrom(null, 'last_touch', 'first_touch', 'entry', 'stage'),
      bots: fc.boolean(),
      cookieless: fc.boolean(),
    })
    .map(({ stages, window, exclusions, touch, ...rest }): Funnel => {
      const inner = (i: number) => i > 0 && i < stages.length - 1
      const funnel: Funnel = {
        ...rest,
        window_ms: window * MINUTE_MS,
        ...(wide ? WIDE : {}),
        stages: stages.map(([selector, optional], i) => ({
          ...(wide ? { ...selector, filters: [] } : selector),
          optional: optional && inner(i) && rest.order === 'ordered',
        })),
        exclusions: [],
        breakdown: touch && { property: 'q', attribution: attributionOf(touch, stages.length) },
      }
      if (rest.order === 'strict') return funnel
      return { ...funnel, exclusions: exclusions.map((one) => exclusionOf(funnel, ...one)) }
    })
}

/** Two required stages, the first before the second; in any order, where none is before another, all. */
function exclusionOf(funnel: Funnel, selector: Selector, a: number, b: number): Exclusion {
  if (funnel.order === 'any_order')
    return { ...selector, after_stage: 1, before_stage: funnel.stages.length }
  const required = funnel.stages.flatMap((stage, i) => (stage.optional ? [] : [i + 1]))
  const after = a % (required.length - 1)
  const before = after + 1 + (b % (required.length - 1 - after))
  return { ...selector, after_stage: required[after]!, before_stage: required[before]! }
}

function attributionOf(
  touch: 'last_touch' | 'first_touch' | 'entry' | 'stage',
  stages: number,
): Attribution {
  return touch === 'stage' ? `stage:${Math.ceil(stages / 2)}` : touch
}
