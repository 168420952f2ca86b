import type {
  CompareAnswer,
  CompareMatureAnswer,
  DifferencesAnswer,
  MatureAnswer,
  RateAnswer,
  RatesAnswer,
  StageAnswer,
} from '@weir/contract'
import { newcombe, type Range } from '@weir/timeline'
import { answerPart } from './answer-part.ts'
import type { Counted } from './count.ts'
import { explainChange } from './explain-change.ts'
import { matureStages } from './mature-of.ts'
import type { ResolvedQuestion } from './resolve-question.ts'

/** What was counted for one range, and for the part of it in which nobody has time left; null where that is nothing. */
export interface Compared {
  range: Range
  counted: Counted
  mature: { range: Range; counted: Counted } | null
}

/** The same question for another range: by how much the rates differ from it, and what made them. */
export function compareOf(
  resolved: ResolvedQuestion,
  now: Compared & { stages: readonly StageAnswer[] },
  then: Compared,
): CompareAnswer {
  const whole = { ...resolved, asked: { ...resolved.asked, breakdown: null } }
  const { stages, conversion } = answerPart(whole, then.counted)
  return {
    from: new Date(then.range.from).toISOString(),
    to: new Date(then.range.to).toISOString(),
    site_visitors: then.counted.funnel.site_visitors,
    stages,
    conversion,
    differences: differencesOf(now.stages, stages),
    mature: matureOf(resolved, now, then),
    explained: explainChange(resolved, now.counted, then.counted),
  }
}

function matureOf(
  { asked }: ResolvedQuestion,
  now: Compared,
  then: Compared,
): CompareMatureAnswer | null {
  if (!now.mature || !then.mature) return null
  if (now.mature.range === now.range && then.mature.range === then.range) return null
  const stages = matureStages(asked, then.mature.counted)
  return {
    until: new Date(now.mature.range.to).toISOString(),
    compare_until: new Date(then.mature.range.to).toISOString(),
    stages,
    differences: differencesOf(matureStages(asked, now.mature.counted), stages),
  }
}

type Rated = Pick<MatureAnswer['stages'][number], 'stage' | 'name' | 'rates'>

const differencesOf = (now: readonly Rated[], then: readonly Rated[]): DifferencesAnswer =>
  now.map(({ stage, name, rates }, place) => ({
    stage,
    name,
    ...differences(rates, then[place]?.rates),
  }))

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
