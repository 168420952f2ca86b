/** What comes back, as schemas: `answer.ts` says the same as types, and holds the two together. */
import { z } from 'zod'
import type { FunnelAnswer, PointAnswer, TrendAnswer } from './answer.ts'
import { askedFields } from './asked-schema.ts'
import { compareAnswer } from './compare-schema.ts'
import { interval } from './question.ts'
import { count, time } from './rate-schema.ts'
import { breakdown, conversionAnswer, matureAnswer, other, stages } from './stage-schema.ts'

const pointAnswer: z.ZodType<PointAnswer> = z
  .strictObject({
    from: time,
    to: time,
    mature: z.boolean(),
    stages,
    conversion: conversionAnswer,
    breakdown,
    other,
  })
  .meta({ id: 'Point', description: 'The funnel asked for one bucket as its range.' })

export const trendAnswer: z.ZodType<TrendAnswer> = z
  .strictObject({
    question: z.strictObject({ ...askedFields, interval }),
    as_of: time,
    points: z.array(pointAnswer),
  })
  .meta({ id: 'TrendAnswer', description: 'A point for each bucket of the range.' })

export const funnelAnswer: z.ZodType<FunnelAnswer> = z
  .strictObject({
    question: z.strictObject({ ...askedFields, interval: interval.exactOptional() }),
    as_of: time,
    site_visitors: count,
    cookieless_events: count,
    stages,
    conversion: conversionAnswer,
    mature: matureAnswer.nullable(),
    breakdown,
    other,
    points: z.array(pointAnswer).exactOptional(),
    compare: compareAnswer.exactOptional(),
  })
  .meta({ id: 'FunnelAnswer', description: 'What share converts.' })
