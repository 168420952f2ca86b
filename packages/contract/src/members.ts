/** Who is behind a number. */
import { z } from 'zod'
import type { AskedQuestion } from './answer.ts'
import { type FunnelQuestion, funnelFields } from './question.ts'

/** `POST /v1/query/members`: a funnel question, and which of its counts is listed. */
export interface MembersQuestion extends FunnelQuestion {
  /** The stage's number, counted from 1, or its name. Default: the last. */
  stage?: number | string | undefined
  /** `dropped`: reached the stage and not the next required one. Default `reached`. */
  who?: 'reached' | 'dropped' | undefined
  /** Only those of one row of the breakdown, by its text; null for unset. */
  value?: string | null | undefined
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

export const membersQuestion: z.ZodType<MembersQuestion> = funnelFields
  .extend({
    stage: z.union([z.int().min(1).max(20), z.string().min(1).max(200)]).optional(),
    who: z.enum(['reached', 'dropped']).optional(),
    value: z.string().max(1_024).nullable().optional(),
    limit: z.int().min(1).max(10_000).optional(),
    cursor: z.string().max(2_000).optional(),
    format: z.enum(['json', 'csv']).optional(),
  })
  .meta({ id: 'MembersQuestion', description: 'Who is behind a count of a funnel.' })
