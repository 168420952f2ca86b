/** Who is behind a number. */
import { z } from 'zod'
import type { AskedQuestion } from './answer.ts'
import { askedExample, askedFields } from './asked-schema.ts'
import { type FunnelQuestion, funnelFields } from './question.ts'
import { count, time } from './rate-schema.ts'

/** `POST /v1/query/members`: a funnel question, and which of its counts is listed. */
export interface MembersQuestion extends FunnelQuestion {
  /** The stage's number, counted from 1, or its name. Default: the last. */
  stage?: number | string | undefined
  /** `dropped`: reached the stage and not the next required one. Default `reached`. */
  who?: 'reached' | 'dropped' | undefined
  /** Only those of one row of the breakdown, by its text; null for unset. */
  value?: string | null | undefined
  /** Only those of the rows beyond the breakdown's limit. */
  other?: boolean | undefined
  /** How many a page. Default 100. */
  limit?: number | undefined
  /** `next` of the page before, with the same question. */
  cursor?: string | undefined
  format?: 'json' | 'csv' | undefined
}

/** One visitor; with `unit: visit` one visit. */
export interface MemberAnswer {
  visitor_id: string
  /** The entry of the chain that first reached the stage asked for. */
  entered_at: string
  /** Per stage when it was first reached, each by its own chain; null where it was not. */
  stages: { stage: number; name: string; at: string | null }[]
  /** With a breakdown: the row that the visitor is in; null for unset. */
  value?: string | null
}

export interface MembersAnswer {
  question: AskedQuestion & {
    stage: number
    who: 'reached' | 'dropped'
    value?: string | null
    other?: true
    limit: number
  }
  as_of: string
  /** Equals the count, or the drop-off's count, that the funnel gives. */
  total: number
  /** Ordered by visitor, then by entry. */
  members: MemberAnswer[]
  /** The `cursor` of the next page; null on the last. */
  next: string | null
}

const who = z.enum(['reached', 'dropped'])
const limit = z.int().min(1).max(10_000)

export const membersQuestion: z.ZodType<MembersQuestion> = funnelFields
  .extend({
    stage: z
      .union([z.int().min(1).max(20), z.string().min(1).max(200)])
      .optional()
      .meta({ description: 'Its number, counted from 1, or its name; without it the last.' }),
    who: who.optional().meta({
      description: '`dropped`: reached the stage and not the next required one. Default `reached`.',
    }),
    value: z.string().max(1_024).nullable().optional().meta({
      description: 'Only those of one row of the breakdown, by its text; null for unset.',
    }),
    other: z.boolean().optional().meta({
      description:
        'Only those of the row `other`: of all values beyond the `limit` of the breakdown.',
    }),
    limit: limit.optional().meta({ description: 'How many a page. Default 100.' }),
    cursor: z.string().max(2_000).optional().meta({
      description: '`next` of the page before, with the same question.',
    }),
    format: z
      .enum(['json', 'csv'])
      .optional()
      .meta({ description: 'Wins over the header `Accept`.' }),
  })
  .meta({
    id: 'MembersQuestion',
    description: 'Who is behind a count of a funnel.',
    examples: [
      {
        funnel: 'storefront',
        from: '2026-10-01',
        to: '2026-11-01',
        stage: 'add_to_cart',
        who: 'dropped',
        limit: 10,
      },
    ],
  })

const memberExample: MemberAnswer = {
  visitor_id: '0199f0a2-7c1e-7000-8000-3f2b6a1c9d10',
  entered_at: '2026-10-05T12:00:00.000Z',
  stages: [
    { stage: 1, name: 'view', at: '2026-10-05T12:00:00.000Z' },
    { stage: 2, name: 'sign_up', at: null },
  ],
}

const memberAnswer: z.ZodType<MemberAnswer> = z
  .strictObject({
    visitor_id: z.string(),
    entered_at: time.meta({
      description: 'The entry of the chain that first reached the stage asked for.',
    }),
    stages: z
      .array(z.strictObject({ stage: z.int().min(1), name: z.string(), at: time.nullable() }))
      .meta({ description: 'When each was first reached, by a chain of its own.' }),
    value: z.string().nullable().exactOptional().meta({
      description: 'With a breakdown: the row that the visitor is in; null for unset.',
    }),
  })
  .meta({
    id: 'Member',
    description: 'One visitor; with `unit: visit` one visit.',
    examples: [memberExample],
  })

export const membersAnswer: z.ZodType<MembersAnswer> = z
  .strictObject({
    question: z.strictObject({
      ...askedFields,
      who,
      value: z.string().nullable().exactOptional(),
      other: z.literal(true).exactOptional(),
      limit,
    }),
    as_of: time,
    total: count.meta({
      description: "Equals the count, or the drop-off's count, that the funnel gives.",
    }),
    members: z.array(memberAnswer),
    next: z.string().nullable().meta({
      description: 'The `cursor` of the next page; null on the last.',
    }),
  })
  .meta({
    id: 'MembersAnswer',
    description: 'Visitors, ordered by visitor, then by entry.',
    examples: [
      {
        question: { ...askedExample, stage: 1, who: 'dropped', limit: 100 },
        as_of: '2026-11-10T09:30:00.000Z',
        total: 1,
        members: [memberExample],
        next: null,
      },
    ],
  })
