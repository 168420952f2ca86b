/** What an analyst may ask. */
import { z } from 'zod'
import { durationMs } from './duration.ts'
import { instantMs, isDate } from './instant.ts'

export type Scalar = string | number | boolean

export const FILTER_OPS = [
  'eq',
  'ne',
  'in',
  'not_in',
  'contains',
  'starts_with',
  'gt',
  'gte',
  'lt',
  'lte',
  'set',
  'unset',
] as const

export interface FilterInput {
  property: string
  op: (typeof FILTER_OPS)[number]
  /** A list for `in` and `not_in`; absent for `set` and `unset`. */
  value?: Scalar | Scalar[] | null | undefined
}

export interface SelectorInput {
  /** Any of these names; `*` is every event. */
  events: string[]
  filters?: FilterInput[] | undefined
}

export interface StageInput extends SelectorInput {
  name?: string | undefined
  optional?: boolean | undefined
}

export interface ExclusionInput extends SelectorInput {
  after_stage?: number | undefined
  before_stage?: number | undefined
}

export interface BreakdownInput {
  property: string
  /** `last_touch` (default), `first_touch`, `entry`, or `stage:k`. */
  attribution?: string | undefined
  /** Rows beyond it are summed in `other`. Default 25. */
  limit?: number | undefined
}

/** `POST /v1/query/funnel`: either `stages`, or the name of a saved `funnel`, with overrides. */
export interface FunnelQuestion {
  funnel?: string | undefined
  stages?: StageInput[] | undefined
  /** Like `90s`, `30m`, `12h`, `7d`. */
  window?: string | undefined
  order?: 'ordered' | 'strict' | 'any_order' | undefined
  unit?: 'visitor' | 'visit' | undefined
  /** ISO 8601 with an offset, milliseconds since 1970, or a date: midnight in the site's time zone. */
  from: string | number
  to: string | number
  target?: SelectorInput | null | undefined
  filters?: FilterInput[] | undefined
  hold?: string | null | undefined
  bots?: boolean | undefined
  cookieless?: boolean | undefined
  exclusions?: ExclusionInput[] | undefined
  breakdown?: BreakdownInput | null | undefined
}

export const INTERVALS = ['hour', 'day', 'week', 'month'] as const

export type Interval = (typeof INTERVALS)[number]

/** `POST /v1/query/trend`: one point for each bucket of the range, in the site's time zone. */
export interface TrendQuestion extends FunnelQuestion {
  interval: Interval
}

const MAX_WINDOW_MS = 40_000 * 86_400_000

const scalar = z.union([z.string().max(1_024), z.number(), z.boolean()])
export const name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\u0000'), { error: 'may not hold NUL' })

/** Operators by what they take. */
export const NEEDS_NO_VALUE = new Set<string>(['set', 'unset'])
export const NEEDS_A_LIST = new Set<string>(['in', 'not_in'])
const NEEDS_A_NUMBER = new Set<string>(['gt', 'gte', 'lt', 'lte'])

export const filter: z.ZodType<FilterInput> = z
  .strictObject({
    property: name,
    op: z.enum(FILTER_OPS),
    value: z.union([scalar, z.array(scalar).max(1_000), z.null()]).optional(),
  })
  .superRefine(({ op, value }, context) => {
    const wrong = wrongValue(op, value)
    if (wrong) context.addIssue({ code: 'custom', path: ['value'], message: wrong })
  })
  .meta({ id: 'Filter' })

function wrongValue(op: string, value: FilterInput['value']): string | null {
  const absent = value === undefined || value === null
  if (NEEDS_NO_VALUE.has(op)) return absent ? null : `\`${op}\` takes no value`
  if (NEEDS_A_LIST.has(op)) return Array.isArray(value) ? null : `\`${op}\` takes a list of values`
  if (absent || Array.isArray(value)) return `\`${op}\` takes one value`
  if (NEEDS_A_NUMBER.has(op) && !isNumber(value)) return `\`${op}\` takes a number`
  return null
}

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' ||
  (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))

const events = z.array(name).min(1).max(50)
export const filters = z.array(filter).max(20)

export const selector: z.ZodType<SelectorInput> = z
  .strictObject({ events, filters: filters.optional() })
  .meta({ id: 'Selector' })

export const stage: z.ZodType<StageInput> = z
  .strictObject({
    name: name.optional(),
    events,
    filters: filters.optional(),
    optional: z.boolean().optional(),
  })
  .meta({ id: 'Stage' })

export const stages = z.array(stage).min(2).max(20)

export const exclusion: z.ZodType<ExclusionInput> = z
  .strictObject({
    events,
    filters: filters.optional(),
    after_stage: z.int().min(1).max(20).optional(),
    before_stage: z.int().min(1).max(20).optional(),
  })
  .meta({ id: 'Exclusion' })

export const attribution = z.string().regex(/^(last_touch|first_touch|entry|stage:\d{1,2})$/, {
  error: 'one of last_touch, first_touch, entry, stage:k',
})

const breakdown: z.ZodType<BreakdownInput> = z
  .strictObject({
    property: name,
    attribution: attribution.optional(),
    limit: z.int().min(1).max(1_000).optional(),
  })
  .meta({ id: 'Breakdown' })

/** A window: 1 s to 40,000 d. */
export const window = z.string().refine(
  (text) => {
    const ms = durationMs(text)
    return ms !== null && ms >= 1_000 && ms <= MAX_WINDOW_MS
  },
  { error: 'a window is a whole number and a unit, like 90s, 30m, 12h or 7d; 1s to 40000d' },
)

const whenNeither = ({ input }: { input?: unknown }) => {
  if (input === undefined) return 'is required'
  return Array.isArray(input) ? 'takes one value, not several' : 'must be text or a number'
}

/** An offset whose + an address has made a space. */
const LOST_PLUS = /T\S* \d{2}:?\d{2}$/

/** A date, ISO 8601 with an offset, or milliseconds since 1970 (as text too: an address has no numbers). */
export const instant = z
  .union([z.string().max(64), z.number()], { error: whenNeither })
  .superRefine((value, context) => {
    const milliseconds =
      typeof value === 'string' && /^\d{12,16}$/.test(value) ? Number(value) : value
    if (instantMs(milliseconds) !== null || isDate(String(value))) return
    const hint = LOST_PLUS.test(String(value)) ? '; in an address a + is written %2B' : ''
    const message = `\`${value}\` is no date like 2026-10-01, ISO 8601 time with an offset, or milliseconds since 1970${hint}`
    context.addIssue({ code: 'custom', message, params: { code: 'invalid_date' } })
  })

/** What every question about a funnel may say. */
export const funnelFields = z.strictObject({
  funnel: name.optional(),
  stages: stages.optional(),
  window: window.optional(),
  order: z.enum(['ordered', 'strict', 'any_order']).optional(),
  unit: z.enum(['visitor', 'visit']).optional(),
  from: instant,
  to: instant,
  target: selector.nullable().optional(),
  filters: filters.optional(),
  hold: name.nullable().optional(),
  bots: z.boolean().optional(),
  cookieless: z.boolean().optional(),
  exclusions: z.array(exclusion).max(8).optional(),
  breakdown: breakdown.nullable().optional(),
})

export const interval = z.enum(INTERVALS)

const OCTOBER = { from: '2026-10-01', to: '2026-11-01' }
const SHIRTS = { property: 'category', op: 'eq', value: 'shirts' }

export const funnelQuestion: z.ZodType<FunnelQuestion> = funnelFields.meta({
  id: 'FunnelQuestion',
  description: 'What share converts, of a funnel.',
  examples: [
    {
      stages: [
        { name: 'Saw a shirt', events: ['product_view'], filters: [SHIRTS] },
        { events: ['chat'], optional: true },
        { events: ['add_to_cart'] },
        { events: ['purchase'] },
      ],
      window: '7d',
      ...OCTOBER,
      target: { events: ['add_to_cart'] },
      breakdown: { property: 'utm_campaign', attribution: 'last_touch', limit: 25 },
    },
    { funnel: 'storefront', ...OCTOBER },
  ],
})

export const trendQuestion: z.ZodType<TrendQuestion> = funnelFields.extend({ interval }).meta({
  id: 'TrendQuestion',
  description: 'What share converts, of the entries of each bucket.',
  examples: [{ funnel: 'storefront', ...OCTOBER, interval: 'day' }],
})
