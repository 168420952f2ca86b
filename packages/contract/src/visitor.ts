/** What one visitor did. */
import { z } from 'zod'
import type { Scalar } from './question.ts'
import { count, time } from './rate-schema.ts'

export const visitorId = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/, {
  error: '1 to 64 of A-Z a-z 0-9 _ . : -',
})

/** Properties as they are stored: flat, but for `items`. */
export type StoredProperties = Record<string, Scalar | Record<string, Scalar>[]>

/** An event as it is stored. */
export interface StoredEvent {
  id: string
  name: string
  at: string
  stream: string | null
  seq: number | null
  properties: StoredProperties
}

/** `GET /v1/visitors/{visitor_id}/events`. */
export interface VisitorEventsAnswer {
  visitor_id: string
  events: StoredEvent[]
  /** The `cursor` of the next page; null on the last. */
  next: string | null
}

const scalar = z.union([z.string(), z.number(), z.boolean()])
export const storedProperties: z.ZodType<StoredProperties> = z
  .record(z.string(), z.union([scalar, z.array(z.record(z.string(), scalar))]))
  .meta({ description: 'Flat, but for `items`; those derived at ingest among them.' })

/** What tells one event from another. */
export const eventFields = { id: z.uuid(), name: z.string(), at: time }

const storedEvent: z.ZodType<StoredEvent> = z
  .strictObject({
    ...eventFields,
    stream: z.string().nullable(),
    seq: count.nullable(),
    properties: storedProperties,
  })
  .meta({
    id: 'StoredEvent',
    description: 'An event as it is stored.',
    examples: [
      {
        id: '0199f0a2-7c1e-7000-8000-5a0c3e7b2f44',
        name: 'add_to_cart',
        at: '2026-10-05T12:00:00.000Z',
        stream: 'k3v9x2',
        seq: 3,
        properties: { product_id: 'sku-1', price: 19.9, currency: 'EUR', device: 'mobile' },
      },
    ],
  })

export const visitorEventsAnswer: z.ZodType<VisitorEventsAnswer> = z
  .strictObject({
    visitor_id: z.string(),
    events: z.array(storedEvent),
    next: z.string().nullable().meta({
      description: 'The `cursor` of the next page; null on the last.',
    }),
  })
  .meta({ id: 'VisitorEventsAnswer', description: 'What one visitor did.' })
