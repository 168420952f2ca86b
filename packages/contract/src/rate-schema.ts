/** A rate, and what every answer is made of, as schemas. */
import { z } from 'zod'
import type { RateAnswer, RatesAnswer } from './answer.ts'

export const count = z.int().min(0)
export const share = z.number().min(0).max(1).nullable()
/** ISO 8601 UTC with milliseconds. */
export const time = z.iso
  .datetime({ precision: 3 })
  .meta({ examples: ['2026-11-01T00:00:00.000Z'] })

export const rateAnswer: z.ZodType<RateAnswer> = z
  .strictObject({
    numerator: count,
    denominator: count,
    rate: share,
    low: share,
    high: share,
    too_few: z.boolean().meta({ description: 'The denominator is under 30.' }),
    sentence: z.string().exactOptional().meta({ description: 'What was divided by what.' }),
    causally_comparable: z.literal(false).exactOptional().meta({
      description: 'On `previous_stage`: between experiment arms only `funnel` rates compare.',
    }),
  })
  .meta({
    id: 'Rate',
    description:
      'numerator / denominator with its 95 % Wilson interval; `rate`, `low` and `high` are null where the denominator is 0.',
    examples: [
      {
        numerator: 100,
        denominator: 1000,
        rate: 0.1,
        low: 0.0829,
        high: 0.1202,
        too_few: false,
        sentence: '100 of 1,000 visitors who entered at view reached purchase within 7d.',
      },
    ],
  })

export const ratesAnswer: z.ZodType<RatesAnswer> = z
  .strictObject({
    funnel: rateAnswer.nullable(),
    previous_stage: rateAnswer.nullable(),
    target_action: rateAnswer.nullable(),
    of_site: rateAnswer.nullable(),
  })
  .meta({
    id: 'Rates',
    description:
      'Of those who entered the funnel; of those who reached the nearest earlier stage that is not optional; of those who did the target action; of all visitors.',
  })
