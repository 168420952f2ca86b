/** The question as an answer gives it back, as a schema. */
import { z } from 'zod'
import type { AskedQuestion } from './answer.ts'
import { filter, selector } from './question.ts'
import { time } from './rate-schema.ts'

export const warnings = z.array(z.string()).meta({
  description:
    'Names in the question that no event has ever had: a misspelt one counts nobody, without an error.',
})

export const askedFields = {
  funnel: z.string().nullable(),
  funnel_version: z.int().min(1).nullable(),
  stages: z.array(
    z.strictObject({
      name: z.string(),
      events: z.array(z.string()),
      filters: z.array(filter),
      optional: z.boolean(),
    }),
  ),
  stage: z.int().min(1).meta({ description: 'The one that `conversion` is of.' }),
  window: z.string(),
  order: z.enum(['ordered', 'strict', 'any_order']),
  unit: z.enum(['visitor', 'visit']),
  from: time,
  to: time,
  time_zone: z.string(),
  target: selector.nullable(),
  filters: z.array(filter),
  hold: z.string().nullable(),
  bots: z.boolean(),
  cookieless: z.boolean(),
  exclusions: z.array(
    z.strictObject({
      events: z.array(z.string()),
      filters: z.array(filter),
      after_stage: z.int(),
      before_stage: z.int(),
    }),
  ),
  breakdown: z
    .strictObject({ property: z.string(), attribution: z.string(), limit: z.int() })
    .nullable(),
  definitions: z.record(z.string(), z.string()),
  warnings,
}

/** For the examples of answers: the built-in `signup`, in October. */
export const askedExample: AskedQuestion = {
  funnel: 'signup',
  funnel_version: 1,
  stages: [
    { name: 'view', events: ['view'], filters: [], optional: false },
    { name: 'sign_up', events: ['sign_up'], filters: [], optional: false },
  ],
  stage: 2,
  window: '7d',
  order: 'ordered',
  unit: 'visitor',
  from: '2026-10-01T00:00:00.000Z',
  to: '2026-11-01T00:00:00.000Z',
  time_zone: 'UTC',
  target: null,
  filters: [],
  hold: null,
  bots: false,
  cookieless: false,
  exclusions: [],
  breakdown: null,
  definitions: { interval: 'Wilson, 95 %. `too_few` says that the denominator is under 30.' },
  warnings: [],
}

export const askedQuestion: z.ZodType<AskedQuestion> = z.strictObject(askedFields).meta({
  id: 'AskedQuestion',
  description: 'The question with every default spelled out, and what each number means.',
  examples: [askedExample],
})
