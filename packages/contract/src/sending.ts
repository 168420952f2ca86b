/** What a sender may put into `POST /v1/events`, and what comes back. */
import { z } from 'zod'

/** A property's value: flat, but for `items`. */
export type PropertyValue = string | number | boolean | null
export type Properties = { [name: string]: PropertyValue | Product[]; items?: Product[] }
export type Product = { [name: string]: PropertyValue }

/** Where a page's events happened. Only origin, path and campaign parameters of the addresses are kept. */
export interface Context {
  url?: string
  referrer?: string
  title?: string
  screen?: string
  time_zone?: string
  language?: string
  /** From secret keys only; a page's own header is read for write keys. */
  user_agent?: string
}

/** One event as it is sent. Checked one by one at ingest, so that a bad one never harms its neighbours. */
export interface SentEvent {
  /** A UUID v7 for preference; anything else, or nothing, becomes one made from the content. */
  id?: string
  name: string
  /** ISO 8601 with an offset, or milliseconds since 1970. May be missing only with an `id`. */
  at?: string | number
  seq?: number
  properties?: Properties
  visitor_id?: string
  stream?: string
  context?: Context
}

export interface Envelope {
  /** A write or secret key; or as `Authorization: Bearer …`. */
  key?: string | undefined
  /** The sender's clock at sending, so that a wrong one can be corrected. */
  sent_at?: string | number | undefined
  visitor_id?: string | null | undefined
  stream?: string | null | undefined
  context?: Record<string, unknown> | null | undefined
  /** Each a SentEvent, checked on its own. */
  events: unknown[]
}

export const MAX_EVENTS = 500
export const MAX_BODY_BYTES = 512 * 1024

export const envelope: z.ZodType<Envelope> = z
  .object({
    key: z.string().max(200).optional(),
    sent_at: z.union([z.number(), z.string().max(64)]).optional(),
    visitor_id: z.string().nullish(),
    stream: z.string().nullish(),
    context: z.record(z.string(), z.unknown()).nullish(),
    events: z.array(z.unknown()),
  })
  .meta({
    id: 'Envelope',
    description: 'Events to store, and what they share.',
    examples: [
      {
        visitor_id: '0199f0a2-7c1e-7000-8000-3f2b6a1c9d10',
        events: [
          {
            id: '0199f0a2-7c1e-7000-8000-5a0c3e7b2f44',
            name: 'add_to_cart',
            at: '2026-10-05T12:00:00Z',
            properties: { product_id: 'sku-1', price: 19.9, currency: 'EUR' },
          },
        ],
      },
    ],
  })

/** Why one event was refused, or what was changed about it. */
export interface EventNote {
  /** Position in the sent `events`. */
  index: number
  /** The id as sent, if one was. */
  id?: string | undefined
  code: string
  field?: string | undefined
  message: string
}

/** `accepted` and `duplicates` are committed to disk, and in the very next answer. */
export interface Receipt {
  accepted: number
  duplicates: number
  rejected: EventNote[]
  warnings: EventNote[]
}

const eventNote: z.ZodType<EventNote> = z.object({
  index: z.int(),
  id: z.string().optional(),
  code: z.string(),
  field: z.string().optional(),
  message: z.string(),
})

export const receipt: z.ZodType<Receipt> = z
  .object({
    accepted: z.int(),
    duplicates: z.int(),
    rejected: z.array(eventNote),
    warnings: z.array(eventNote),
  })
  .meta({
    id: 'Receipt',
    description: 'What became of each event. Accepted means committed.',
    examples: [{ accepted: 1, duplicates: 0, rejected: [], warnings: [] }],
  })
