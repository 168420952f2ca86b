import { z } from 'zod'

/** `GET /v1/schema`: what a site sends. Bots and cookieless events are counted apart. */
export interface SchemaAnswer {
  from: string
  to: string
  as_of: string
  /** In the range, bots and cookieless ones left out. */
  events: number
  bot_events: number
  cookieless_events: number
  /** The most frequent first; exact. */
  names: { name: string; events: number; last_at: string }[]
  /** The five standard stages in order. `last_at` may lie before `from`, but not before `looked_back_to`. */
  stages: { name: string; events: number; last_at: string | null }[]
  looked_back_to: string
  /** The most frequent first, of the events of the sample. */
  properties: PropertyUse[]
  /** Properties are counted in so many events of so many: whole days, spread over the range. */
  sample: { events: number; of: number }
}

export interface PropertyUse {
  property: string
  /** That have it. */
  events: number
  /** How many values it has; null for more than 10,000. */
  distinct: number | null
  /** The ten most common, as text; of a list each of its values. */
  values: { value: string; events: number }[]
}

const count = z.int().min(0)
const time = z.iso.datetime({ precision: 3 })

export const schemaAnswer: z.ZodType<SchemaAnswer> = z
  .strictObject({
    from: time,
    to: time,
    as_of: time,
    events: count,
    bot_events: count,
    cookieless_events: count,
    names: z.array(z.strictObject({ name: z.string(), events: count, last_at: time })),
    stages: z.array(z.strictObject({ name: z.string(), events: count, last_at: time.nullable() })),
    looked_back_to: time,
    properties: z.array(
      z.strictObject({
        property: z.string(),
        events: count,
        distinct: count.nullable(),
        values: z.array(z.strictObject({ value: z.string(), events: count })),
      }),
    ),
    sample: z.strictObject({ events: count, of: count }),
  })
  .meta({
    id: 'SchemaAnswer',
    description:
      'Event names, exact; when each standard stage last fired; properties and their most common values, of a sample where there are many events.',
  })
