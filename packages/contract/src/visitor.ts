/** One visitor's events, and why it did or did not convert. */
import { z } from 'zod'
import type { AskedQuestion } from './answer.ts'
import { type FunnelQuestion, funnelFields } from './question.ts'

export const visitorId = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/, {
  error: '1 to 64 of A-Z a-z 0-9 _ . : -',
})

/** An event as it is stored. */
export interface StoredEvent {
  id: string
  name: string
  at: string
  stream: string | null
  seq: number | null
  properties: Record<string, unknown>
}

/** `GET /v1/visitors/{visitor_id}/events`. */
export interface VisitorEventsAnswer {
  visitor_id: string
  events: StoredEvent[]
  /** The `cursor` of the next page; null on the last. */
  next: string | null
}

/** `POST /v1/query/explain`: a funnel question, and whom it is about. */
export interface ExplainQuestion extends FunnelQuestion {
  visitor_id: string
}

/** Why a chain went no further:
 * `never`: no such event after; `window`: it came too late; `order`: it came before, or (strictly) not next;
 * `exclusion`: an excluded event came between; `filter`: it did not pass a filter, or is a bot's or cookieless;
 * `hold`: it had another value; `not_mature`: it may still come.
 */
export type StopReason =
  | 'never'
  | 'window'
  | 'order'
  | 'exclusion'
  | 'filter'
  | 'hold'
  | 'not_mature'

export interface StopAnswer {
  /** The stage that was not reached, counted from 1. */
  stage: number
  name: string
  reason: StopReason
  sentence: string
  /** The event that shows it; null where there is none. */
  event: Pick<StoredEvent, 'id' | 'name' | 'at'> | null
  /** Of `window`: by how much it came too late. */
  late_seconds: number | null
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
  .meta({ id: 'ExplainQuestion', description: 'Why a visitor did, or did not, convert.' })
