/** How an answer differs from that for another range, and why, as schemas. */
import { z } from 'zod'
import type {
  CompareAnswer,
  CompareMatureAnswer,
  DifferenceAnswer,
  DifferencesAnswer,
  ExplainedChange,
} from './answer.ts'
import { count, rateAnswer, share, time } from './rate-schema.ts'
import { conversionAnswer, matureStages, stages } from './stage-schema.ts'

const difference: z.ZodType<DifferenceAnswer> = z
  .strictObject({ difference: z.number(), low: z.number(), high: z.number() })
  .meta({ id: 'Difference', description: "A difference of rates, with Newcombe's 95 % interval." })

const differences: z.ZodType<DifferencesAnswer> = z.array(
  z.strictObject({
    stage: z.int().min(1),
    name: z.string(),
    funnel: difference.nullable(),
    previous_stage: difference.nullable(),
    target_action: difference.nullable(),
    of_site: difference.nullable(),
  }),
)

const compareMature: z.ZodType<CompareMatureAnswer> = z
  .strictObject({ until: time, compare_until: time, stages: matureStages, differences })
  .meta({
    id: 'CompareMature',
    description: 'Both ranges cut so that everybody in them has had the whole window.',
  })

const rowContribution = {
  now: rateAnswer,
  before: rateAnswer,
  mix: z.number().meta({ description: 'By being a larger or smaller share of those who entered.' }),
  rate: z.number().meta({ description: 'By converting better or worse.' }),
  contribution: z.number().meta({ description: 'Both.' }),
}

const explainedChange: z.ZodType<ExplainedChange> = z
  .strictObject({
    difference: z.number().meta({ description: 'The rate now less the rate then.' }),
    sentence: z.string(),
    by_stage: z.array(
      z.strictObject({
        stage: z.int().min(1),
        name: z.string(),
        now: share,
        before: share,
        contribution: z.number(),
      }),
    ),
    by_value: z
      .array(z.strictObject({ value: z.string().nullable(), ...rowContribution }))
      .nullable(),
    other: z.strictObject(rowContribution).nullable(),
  })
  .meta({
    id: 'ExplainedChange',
    description:
      'What the change of the `funnel` rate is made of: steps from stage to stage, and rows of the breakdown. The contributions of either, that of `other` included, are `difference`.',
  })

export const compareAnswer: z.ZodType<CompareAnswer> = z
  .strictObject({
    from: time,
    to: time,
    site_visitors: count,
    stages,
    conversion: conversionAnswer,
    differences,
    mature: compareMature.nullable(),
    explained: explainedChange.nullable(),
  })
  .meta({ id: 'Compare', description: 'The same question for another range.' })
