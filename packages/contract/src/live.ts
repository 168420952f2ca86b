import { z } from 'zod'

/** One message of `GET /v1/live`. */
export interface LiveAnswer {
  as_of: string
  /** With any event in the last 5 minutes. */
  visitors_now: number
  /** The five standard stages in the last 30 minutes. */
  stages: { name: string; events: number; visitors: number }[]
}

const count = z.int().min(0)

export const liveAnswer: z.ZodType<LiveAnswer> = z
  .strictObject({
    as_of: z.iso.datetime({ precision: 3 }),
    visitors_now: count,
    stages: z.array(z.strictObject({ name: z.string(), events: count, visitors: count })),
  })
  .meta({
    id: 'Live',
    description:
      'Visitors with any event in the last 5 minutes; of each standard stage the events of the last 30 minutes, and how many visitors did them. Bots and cookieless events are left out.',
  })
