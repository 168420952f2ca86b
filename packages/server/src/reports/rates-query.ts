import {
  attribution,
  FILTER_OPS,
  type FilterInput,
  type FunnelQuestion,
  filter,
  instant,
  interval,
  NEEDS_A_LIST,
  NEEDS_NO_VALUE,
  name,
  siteParameter,
  window,
} from '@weir/contract'
import { z } from 'zod'
import { plainWords } from '../text/plain-words.ts'
import { DEFINITIONS } from './only-definition.ts'

const EXAMPLE = 'device:eq:mobile'

const isOp = (text: string): text is FilterInput['op'] => FILTER_OPS.some((op) => op === text)

/** `property:op:value`; several values of `in` and `not_in` are separated by commas. */
const filterText = z.string().transform((text, context): FilterInput => {
  const { property, op, rest } = partsOf(text)
  const value = rest.join(':')
  const given = rest.length === 0 ? {} : { value: NEEDS_A_LIST.has(op) ? value.split(',') : value }
  const read = filter.safeParse({ property, op, ...given }, { error: plainWords })
  if (read.success) return read.data
  const message = isOp(op)
    ? read.error.issues.map((issue) => issue.message).join('; ')
    : `\`${op}\` is none of ${FILTER_OPS.join(', ')}`
  // Who forgot the operator is shown where it belongs.
  const example = rest.length === 0 && op !== '' && !isOp(op) ? `${property}:eq:${op}` : EXAMPLE
  context.addIssue({
    code: 'custom',
    message: `write property:op:value, like ${example}${op === '' ? '' : `: ${message}`}`,
  })
  return z.NEVER
})

/** The first word that is an operator stands between property and value: either may hold colons. */
function partsOf(text: string) {
  const words = text.split(':')
  const isWhole = (word: string, place: number) =>
    isOp(word) && (NEEDS_NO_VALUE.has(word) || place + 1 < words.length)
  const found = words.findIndex((word, place) => place > 1 && isWhole(word, place))
  const place = found === -1 || isOp(words[1] ?? '') ? 1 : found
  const [op = '', ...rest] = words.slice(place)
  return { property: words.slice(0, place).join(':'), op, rest }
}

/** A parameter that is given once is no list. */
const asList = (given: unknown) => (typeof given === 'string' ? [given] : given)

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

/** The funnel question in an address. */
export const questionFields = {
  funnel: name.meta({
    description: 'A saved funnel, or one version of it as `name@2`.',
    examples: ['storefront'],
  }),
  from: instant.meta({
    description: 'Where the range begins: it selects entries.',
    examples: ['2026-10-01'],
  }),
  to: instant.meta({ description: 'Where it ends; not included.', examples: ['2026-11-01'] }),
  filter: z
    .preprocess(asList, z.array(filterText).max(20))
    .optional()
    .meta({ description: '`property:op:value`, repeatable; all must hold.' }),
  unit: z.enum(['visitor', 'visit']).optional(),
  order: z.enum(['ordered', 'strict', 'any_order']).optional(),
  window: window.optional().meta({
    description: 'The longest time from the entry to any later stage.',
  }),
  bots: flag.optional().meta({ description: 'Count bots too.' }),
  cookieless: flag
    .optional()
    .meta({ description: 'Count visitors who cannot be known again too.' }),
  site: siteParameter,
}

/** What several addresses of tables take. */
export const breakdownField = name.optional().meta({
  description: 'A property, like `utm_campaign`: a row for each of its values.',
})
export const limitField = z.coerce.number().int().min(1).max(1_000)
export const formatField = z
  .enum(['json', 'csv'])
  .optional()
  .meta({ description: 'Wins over the header `Accept`.' })

/** The query of `GET /v1/rates`. */
export const ratesQuery = z
  .strictObject({
    ...questionFields,
    stage: z.string().max(200).optional().meta({
      description: 'The number or name of the stage that `conversion` is of; without it the last.',
    }),
    definition: z
      .enum(DEFINITIONS)
      .optional()
      .meta({ description: 'Only the rates of this definition.' }),
    target: name.optional().meta({
      description: 'The event, like `add_to_cart`, that `target_action` rates are a share of.',
    }),
    breakdown: breakdownField,
    attribution: attribution.optional().meta({
      description:
        'Which value a visitor counts for: `last_touch` (default), `first_touch`, `entry`, or `stage:k`.',
    }),
    limit: limitField.optional().meta({
      description: 'Rows beyond it are summed in `other`. Default 25.',
    }),
    interval: interval.optional().meta({ description: 'A point for each of these.' }),
    compare: z
      .string()
      .max(140)
      .optional()
      .meta({ description: '`previous`, or two dates like `2026-09-01..2026-10-01`.' }),
    format: formatField,
  })
  .superRefine((query, context) => {
    const lonely = (path: string, needs: string) =>
      context.addIssue({ code: 'custom', path: [path], message: `needs \`${needs}\`` })
    if (query.definition === 'target_action' && !query.target) lonely('definition', 'target')
    if (query.attribution && !query.breakdown) lonely('attribution', 'breakdown')
    if (query.limit && !query.breakdown) lonely('limit', 'breakdown')
  })

/** The question that the fields of an address ask. */
export function plainQuestion({
  filter,
  site: _,
  ...question
}: z.output<z.ZodObject<typeof questionFields>>): FunnelQuestion {
  return { ...question, filters: filter }
}

/** The question that an address of `GET /v1/rates` asks. */
export function questionOf(query: z.output<typeof ratesQuery>): FunnelQuestion {
  const { funnel, from, to, unit, order, window, bots, cookieless } = query
  return {
    ...{ funnel, from, to, unit, order, window, bots, cookieless },
    filters: query.filter,
    target: query.target ? { events: [query.target] } : null,
    breakdown: query.breakdown
      ? { property: query.breakdown, attribution: query.attribution, limit: query.limit }
      : null,
  }
}
