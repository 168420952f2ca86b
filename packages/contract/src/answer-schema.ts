/** What comes back, as schemas: `answer.ts` says the same as types, and holds the two together. */
import { z } from 'zod'
import type {
  AskedQuestion,
  BreakdownRow,
  CompareAnswer,
  CompareMatureAnswer,
  ConversionAnswer,
  DifferenceAnswer,
  DifferencesAnswer,
  ExplainedChange,
  FunnelAnswer,
  MatureAnswer,
  PointAnswer,
  RateAnswer,
  RatesAnswer,
  RevenueAnswer,
  StageAnswer,
  TimeAnswer,
  TrendAnswer,
} from './answer.ts'
import { filter, selector } from './question.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1).nullable()
const seconds = z.number().nullable()
/** ISO 8601 UTC with milliseconds. */
const time = z.iso.datetime({ precision: 3 }).meta({ examples: ['2026-11-01T00:00:00.000Z'] })

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

const ratesAnswer: z.ZodType<RatesAnswer> = z
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

const timeAnswer: z.ZodType<TimeAnswer> = z
  .strictObject({ count, mean_seconds: seconds, median_seconds: seconds, p90_seconds: seconds })
  .meta({
    id: 'Time',
    description: 'Exact; all but `count` null where that is 0.',
    examples: [{ count: 100, mean_seconds: 80.5, median_seconds: 41, p90_seconds: 300 }],
  })

const revenueAnswer: z.ZodType<RevenueAnswer> = z
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

const conversionAnswer: z.ZodType<ConversionAnswer> = z
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

const matureStages = z.array(
  z.strictObject({ stage: z.int().min(1), name: z.string(), count, rates: ratesAnswer }),
)

const matureAnswer: z.ZodType<MatureAnswer> = z
  .strictObject({
    until: time,
    stages: matureStages,
    rates: ratesAnswer,
  })
  .meta({
    id: 'Mature',
    description: 'The range cut so that everyone in it has had the whole window.',
  })

const stages = z.array(stageAnswer)

const breakdownRow: z.ZodType<BreakdownRow> = z
  .strictObject({ value: z.string().nullable(), stages, conversion: conversionAnswer })
  .meta({ id: 'BreakdownRow', description: 'The answer for one value; null is unset.' })

const breakdown = z.array(breakdownRow).nullable()
const other = z.strictObject({ stages, conversion: conversionAnswer }).nullable()

const askedFields = {
  funnel: z.string().nullable(),
  funnel_version: z.int().min(1).nullable(),
  stages: z.array(
    z.strictObject({
      name: z.string(),
      events: z.array(z.string()),
      filters: z.array(filter),
      optional: z.boolean(),
    }),
  ),
  stage: z.int().min(1).meta({ description: 'The one that `conversion` is of.' }),
  window: z.string(),
  order: z.enum(['ordered', 'strict', 'any_order']),
  unit: z.enum(['visitor', 'visit']),
  from: time,
  to: time,
  time_zone: z.string(),
  target: selector.nullable(),
  filters: z.array(filter),
  hold: z.string().nullable(),
  bots: z.boolean(),
  cookieless: z.boolean(),
  exclusions: z.array(
    z.strictObject({
      events: z.array(z.string()),
      filters: z.array(filter),
      after_stage: z.int(),
      before_stage: z.int(),
    }),
  ),
  breakdown: z
    .strictObject({ property: z.string(), attribution: z.string(), limit: z.int() })
    .nullable(),
  definitions: z.record(z.string(), z.string()),
}

const askedQuestion: z.ZodType<AskedQuestion> = z.strictObject(askedFields).meta({
  id: 'AskedQuestion',
  description: 'The question with every default spelled out, and what each number means.',
  examples: [
    {
      funnel: 'signup',
      funnel_version: 1,
      stages: [
        { name: 'view', events: ['view'], filters: [], optional: false },
        { name: 'sign_up', events: ['sign_up'], filters: [], optional: false },
      ],
      stage: 2,
      window: '7d',
      order: 'ordered',
      unit: 'visitor',
      from: '2026-10-01T00:00:00.000Z',
      to: '2026-11-01T00:00:00.000Z',
      time_zone: 'UTC',
      target: null,
      filters: [],
      hold: null,
      bots: false,
      cookieless: false,
      exclusions: [],
      breakdown: null,
      definitions: { interval: 'Wilson, 95 %. `too_few` says that the denominator is under 30.' },
    },
  ],
})

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
    question: z.strictObject({ ...askedFields, interval: z.string() }),
    as_of: time,
    points: z.array(pointAnswer),
  })
  .meta({ id: 'TrendAnswer', description: 'A point for each bucket of the range.' })

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

const compareAnswer: z.ZodType<CompareAnswer> = z
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

export const funnelAnswer: z.ZodType<FunnelAnswer> = z
  .strictObject({
    question: askedQuestion,
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
