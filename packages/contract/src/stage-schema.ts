/** What is known of a funnel's stages, as schemas. */
import { z } from 'zod'
import type {
  BreakdownRow,
  ConversionAnswer,
  MatureAnswer,
  RevenueAnswer,
  StageAnswer,
  TimeAnswer,
} from './answer.ts'
import { count, ratesAnswer, share, time } from './rate-schema.ts'

const seconds = z.number().nullable()

const timeAnswer: z.ZodType<TimeAnswer> = z
  .strictObject({ count, mean_seconds: seconds, median_seconds: seconds, p90_seconds: seconds })
  .meta({
    id: 'Time',
    description: 'Exact; all but `count` null where that is 0.',
    examples: [{ count: 100, mean_seconds: 80.5, median_seconds: 41, p90_seconds: 300 }],
  })

export const revenueAnswer: z.ZodType<RevenueAnswer> = z
  .strictObject({
    currency: z.string().nullable(),
    orders: count,
    value: z.number(),
    average_order_value: z.number(),
  })
  .meta({
    id: 'Revenue',
    description: 'Of one currency; never summed across currencies.',
    examples: [{ currency: 'EUR', orders: 104, value: 5120.5, average_order_value: 49.2356 }],
  })

const stageAnswer: z.ZodType<StageAnswer> = z
  .strictObject({
    stage: z.int().min(1),
    name: z.string(),
    optional: z.boolean(),
    count,
    drop_off: z.strictObject({ count, rate: share }).nullable(),
    rates: ratesAnswer,
    time_to_stage: timeAnswer.nullable(),
    time_at_stage: z.strictObject({ continued: timeAnswer, left: timeAnswer }).nullable(),
    revenue: z.array(revenueAnswer),
  })
  .meta({ id: 'StageAnswer', description: 'What is known of one stage.' })

export const conversionAnswer: z.ZodType<ConversionAnswer> = z
  .strictObject({
    count,
    events: count,
    rates: ratesAnswer,
    time_to_convert: timeAnswer.nullable().meta({ description: 'Null unless it is the last.' }),
    revenue: z.array(revenueAnswer),
  })
  .meta({
    id: 'Conversion',
    description:
      'What is known of the stage asked for: the last one unless the question says another.',
  })

export const matureStages = z.array(
  z.strictObject({ stage: z.int().min(1), name: z.string(), count, rates: ratesAnswer }),
)

export const matureAnswer: z.ZodType<MatureAnswer> = z
  .strictObject({
    until: time,
    stages: matureStages,
    rates: ratesAnswer,
  })
  .meta({
    id: 'Mature',
    description: 'The range cut so that everyone in it has had the whole window.',
  })

export const stages = z.array(stageAnswer)

const breakdownRow: z.ZodType<BreakdownRow> = z
  .strictObject({ value: z.string().nullable(), stages, conversion: conversionAnswer })
  .meta({ id: 'BreakdownRow', description: 'The answer for one value; null is unset.' })

export const breakdown = z.array(breakdownRow).nullable()
export const other = z.strictObject({ stages, conversion: conversionAnswer }).nullable()
