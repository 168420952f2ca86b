import {
  attribution,
  FILTER_OPS,
  type FilterInput,
  type FunnelQuestion,
  filter,
  instant,
  interval,
  window,
} from '@weir/contract'
import { z } from 'zod'
import { DEFINITIONS } from './only-definition.ts'

const NEEDS_A_LIST = new Set<string>(['in', 'not_in'])

const isOp = (text: string): text is FilterInput['op'] => FILTER_OPS.some((op) => op === text)

/** `property:op:value`; several values of `in` and `not_in` are separated by commas. */
const filterText = z.string().transform((text, context): FilterInput => {
  const [property = '', op = '', ...rest] = text.split(':')
  const value = rest.join(':')
  const read = filter.safeParse({
    property,
    op,
    ...(rest.length === 0 ? {} : { value: NEEDS_A_LIST.has(op) ? value.split(',') : value }),
  })
  if (read.success) return read.data
  const message = isOp(op)
    ? read.error.issues.map((issue) => issue.message).join('; ')
    : `\`${op}\` is none of ${FILTER_OPS.join(', ')}`
  context.addIssue({ code: 'custom', message: `write property:op:value — ${message}` })
  return z.NEVER
})

/** A parameter that is given once is no list. */
const asList = (given: unknown) => (typeof given === 'string' ? [given] : given)

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

/** The funnel question in an address. */
export const questionFields = {
  funnel: z.string().min(1).max(200),
  from: instant,
  to: instant,
  filter: z.preprocess(asList, z.array(filterText).max(20)).optional(),
  unit: z.enum(['visitor', 'visit']).optional(),
  order: z.enum(['ordered', 'strict', 'any_order']).optional(),
  window: window.optional(),
  bots: flag.optional(),
  cookieless: flag.optional(),
  site: z.string().optional(),
}

/** The query of `GET /v1/rates`. */
export const ratesQuery = z
  .strictObject({
    ...questionFields,
    stage: z.string().max(200).optional(),
    definition: z.enum(DEFINITIONS).optional(),
    target: z.string().min(1).max(200).optional(),
    breakdown: z.string().min(1).max(200).optional(),
    attribution: attribution.optional(),
    limit: z.coerce.number().int().min(1).max(1_000).optional(),
    interval: interval.optional(),
    compare: z.string().max(140).optional(),
    format: z.enum(['json', 'csv']).optional(),
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
