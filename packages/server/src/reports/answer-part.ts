import type { BreakdownRow, ConversionAnswer, StageAnswer } from '@weir/contract'
import type { Counted } from './count.ts'
import type { Counts } from './rates-of.ts'
import type { ResolvedQuestion } from './resolve-question.ts'
import { rowsOf } from './rows-of.ts'
import { conversionOf, stagesOf } from './stages-of.ts'

/** What one range, or one bucket, gave. */
export interface AnswerPart {
  stages: StageAnswer[]
  conversion: ConversionAnswer
  breakdown: BreakdownRow[] | null
  other: Omit<BreakdownRow, 'value'> | null
}

export function answerPart({ asked, limit }: ResolvedQuestion, counted: Counted): AnswerPart {
  const counts = countsOf(counted)
  const rows = asked.breakdown ? rowsOf(asked, counted, limit) : { breakdown: null, other: null }
  return { stages: stagesOf(asked, counts), conversion: conversionOf(asked, counts), ...rows }
}

export const countsOf = ({ funnel, targets }: Counted): Counts => ({
  tally: funnel,
  targets,
  site_visitors: funnel.site_visitors,
})
