import type { CompareAnswer, DifferencesAnswer, FunnelAnswer, RatesAnswer } from '@weir/contract'

export const DEFINITIONS = ['funnel', 'previous_stage', 'target_action'] as const

export type Definition = (typeof DEFINITIONS)[number]

/** The same answer with the rates of one definition (and `of_site`) only. */
export function onlyDefinition(answer: FunnelAnswer, definition?: Definition): FunnelAnswer {
  if (!definition) return answer
  const difference = (one: DifferencesAnswer[number]): DifferencesAnswer[number] => ({
    ...one,
    funnel: null,
    previous_stage: null,
    target_action: null,
    [definition]: one[definition],
  })
  const only = <T extends { rates: RatesAnswer }>(part: T): T => ({
    ...part,
    rates: {
      funnel: null,
      previous_stage: null,
      target_action: null,
      of_site: part.rates.of_site,
      [definition]: part.rates[definition],
    },
  })
  const row = <T extends Pick<FunnelAnswer, 'stages' | 'conversion'>>(part: T): T => ({
    ...part,
    stages: part.stages.map(only),
    conversion: only(part.conversion),
  })
  const ofCompare = (compare: CompareAnswer): CompareAnswer => ({
    ...compare,
    differences: compare.differences.map(difference),
    mature: compare.mature && {
      ...compare.mature,
      stages: compare.mature.stages.map(only),
      differences: compare.mature.differences.map(difference),
    },
    // It explains this rate, and no other.
    explained: definition === 'funnel' ? compare.explained : null,
  })
  return {
    ...row(answer),
    mature: answer.mature && { ...only(answer.mature), stages: answer.mature.stages.map(only) },
    breakdown: answer.breakdown?.map(row) ?? null,
    other: answer.other && row(answer.other),
    ...(answer.compare ? { compare: ofCompare(row(answer.compare)) } : {}),
    ...(answer.points
      ? {
          points: answer.points.map((point) => ({
            ...row(point),
            breakdown: point.breakdown?.map(row) ?? null,
            other: point.other && row(point.other),
          })),
        }
      : {}),
  }
}
