/** Why one visitor did, or did not, convert. */
import { z } from 'zod'
import type { AskedQuestion } from './answer.ts'
import { askedExample, askedQuestion } from './asked-schema.ts'
import { type FunnelQuestion, funnelFields } from './question.ts'
import { count, time } from './rate-schema.ts'
import { eventFields, type StoredEvent, storedProperties, visitorId } from './visitor.ts'

/** `POST /v1/query/explain`: a funnel question, and whom it is about. */
export interface ExplainQuestion extends FunnelQuestion {
  visitor_id: string
}

/** Why a chain went no further:
 * `never`: no such event after; `window`: it came too late; `order`: it came before, or (strictly) not next;
 * `exclusion`: an excluded event came between; `filter`: it did not pass a filter, or is a bot's or cookieless;
 * `hold`: it had another value; `not_mature`: it may still come.
 */
export const STOP_REASONS = [
  'never',
  'window',
  'order',
  'exclusion',
  'filter',
  'hold',
  'not_mature',
] as const

export type StopReason = (typeof STOP_REASONS)[number]

/** What stood in the way. */
export interface ObstacleAnswer {
  reason: StopReason
  sentence: string
  /** The event that shows it; null where there is none. */
  event: Pick<StoredEvent, 'id' | 'name' | 'at'> | null
  /** Of `window`: by how much it came too late. */
  late_seconds: number | null
}

export interface StopAnswer extends ObstacleAnswer {
  /** The stage that was not reached, counted from 1. */
  stage: number
  name: string
  /** What would have stopped the chain there without the first reason too; mostly nothing. */
  besides: ObstacleAnswer[]
}

export interface ExplainedEvent extends Pick<StoredEvent, 'id' | 'name' | 'at' | 'properties'> {
  /** Whether the question sees it: it passes the filters, and is no bot's unless those are asked for. */
  seen: boolean
  /** The stages that it fills in some chain. */
  fills: number[]
  /** Its place, counted from 1, in the chain that first reached the furthest stage; null if it is not of it. */
  in_chain: number | null
}

export interface ExplainAnswer {
  question: AskedQuestion
  as_of: string
  visitor_id: string
  /** The last stage reached that is not optional (any order: how many); 0 when not even the first was. */
  furthest: number
  converted: boolean
  /** Per stage: the chain that first reached it, entry first; empty where none did. */
  stages: { stage: number; name: string; optional: boolean; chain: { id: string; at: string }[] }[]
  /** Null where the last stage was reached. */
  stopped: StopAnswer | null
  /** With `unit: visit`: the visit that is explained, the first of those that got furthest. */
  visit: { from: string; to: string } | null
  /** From `from` until the window of the last entry has passed, oldest first. */
  events: ExplainedEvent[]
  /** How many more there are. */
  events_left_out: number
}

export const explainQuestion: z.ZodType<ExplainQuestion> = funnelFields
  .extend({ visitor_id: visitorId })
  .meta({
    id: 'ExplainQuestion',
    description: 'Why a visitor did, or did not, convert.',
    examples: [
      {
        funnel: 'storefront',
        from: '2026-10-01',
        to: '2026-11-01',
        visitor_id: '0199f0a2-7c1e-7000-8000-3f2b6a1c9d10',
      },
    ],
  })

const obstacleFields = {
  reason: z.enum(STOP_REASONS).meta({
    description:
      '`never`: no such event after; `window`: it came too late; `order`: it came before, or (strictly) not next; `exclusion`: an excluded event came between; `filter`: it did not pass a filter, or is a bot’s or cookieless; `hold`: it had another value; `not_mature`: it may still come.',
  }),
  sentence: z.string(),
  event: z.strictObject(eventFields).nullable().meta({ description: 'The event that shows it.' }),
  late_seconds: z.number().nullable().meta({
    description: 'Of `window`: by how much it came too late.',
  }),
}

const stopAnswer: z.ZodType<StopAnswer> = z
  .strictObject({
    stage: z.int().min(1).meta({ description: 'The one that was not reached.' }),
    name: z.string(),
    ...obstacleFields,
    besides: z.array(z.strictObject(obstacleFields)).meta({
      description:
        'What would have stopped the chain there without the first reason too: an event that came too late and did not pass a filter has two.',
    }),
  })
  .meta({
    id: 'Stop',
    description: 'Why a chain went no further.',
    examples: [
      {
        stage: 4,
        name: 'add_to_cart',
        reason: 'never',
        sentence: 'No add_to_cart after product_view.',
        event: null,
        late_seconds: null,
        besides: [],
      },
    ],
  })

const explainedEvent: z.ZodType<ExplainedEvent> = z
  .strictObject({
    ...eventFields,
    properties: storedProperties,
    seen: z.boolean().meta({
      description:
        'The question sees it: it passes the filters, and is no bot’s unless those are asked for.',
    }),
    fills: z.array(z.int().min(1)).meta({
      description: 'The stages that it fills in some chain.',
    }),
    in_chain: z.int().min(1).nullable().meta({
      description: 'Its place in the chain that first reached the furthest stage.',
    }),
  })
  .meta({ id: 'ExplainedEvent', description: 'An event, and what the question made of it.' })

const VIEW_ID = '0199f0a2-7c1e-7000-8000-5a0c3e7b2f44'

export const explainAnswer: z.ZodType<ExplainAnswer> = z
  .strictObject({
    question: askedQuestion,
    as_of: time,
    visitor_id: z.string(),
    furthest: count.meta({
      description:
        'The last stage reached that is not optional (any order: how many); 0 for not even the first.',
    }),
    converted: z.boolean(),
    stages: z
      .array(
        z.strictObject({
          stage: z.int().min(1),
          name: z.string(),
          optional: z.boolean(),
          chain: z.array(z.strictObject({ id: z.uuid(), at: time })),
        }),
      )
      .meta({ description: 'Of each the chain that first reached it, entry first.' }),
    stopped: stopAnswer.nullable(),
    visit: z.strictObject({ from: time, to: time }).nullable().meta({
      description: 'With `unit: visit`: the visit that is explained, the first that got furthest.',
    }),
    events: z.array(explainedEvent).meta({
      description: 'From `from` until the window of the last entry has passed, oldest first.',
    }),
    events_left_out: count,
  })
  .meta({
    id: 'ExplainAnswer',
    description: 'Why one visitor did, or did not, convert.',
    examples: [
      {
        question: askedExample,
        as_of: '2026-11-10T09:30:00.000Z',
        visitor_id: '0199f0a2-7c1e-7000-8000-3f2b6a1c9d10',
        furthest: 1,
        converted: false,
        stages: [
          {
            ...{ stage: 1, name: 'view', optional: false },
            chain: [{ id: VIEW_ID, at: '2026-10-05T12:00:00.000Z' }],
          },
          { stage: 2, name: 'sign_up', optional: false, chain: [] },
        ],
        stopped: {
          ...{ stage: 2, name: 'sign_up', reason: 'never' },
          ...{ sentence: 'No sign_up after view.', event: null, late_seconds: null },
          besides: [],
        },
        visit: null,
        events: [
          {
            ...{ id: VIEW_ID, name: 'view', at: '2026-10-05T12:00:00.000Z' },
            properties: { path: '/', device: 'mobile' },
            ...{ seen: true, fills: [1], in_chain: 1 },
          },
        ],
        events_left_out: 0,
      },
    ],
  })
