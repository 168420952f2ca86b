import type { CompareAnswer, RateAnswer, RatesAnswer, StageAnswer } from '@weir/contract'
import { newcombe, type Range } from '@weir/timeline'
import { answerPart } from './answer-part.ts'
import type { Counted } from './count.ts'
import type { ResolvedQuestion } from './resolve-question.ts'

/** The same question for another range, and by how much the rates differ from it. */
export function compareOf(
  resolved: ResolvedQuestion,
  range: Range,
  counted: Counted,
  now: readonly StageAnswer[],
): CompareAnswer {
  const { stages, conversion } = answerPart(resolved, counted)
  return {
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    site_visitors: counted.funnel.site_visitors,
    stages,
    conversion,
    differences: now.map(({ stage, name, rates }, place) => ({
      stage,
      name,
      ...differences(rates, stages[place]?.rates),
    })),
  }
}

function differences(now: RatesAnswer, then: RatesAnswer | undefined) {
  const less = (a: RateAnswer | null, b: RateAnswer | null | undefined) =>
    a && b ? newcombe(a, b) : null
  return {
    funnel: less(now.funnel, then?.funnel),
    previous_stage: less(now.previous_stage, then?.previous_stage),
    target_action: less(now.target_action, then?.target_action),
    of_site: less(now.of_site, then?.of_site),
  }
}
