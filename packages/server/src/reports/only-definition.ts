import type { FunnelAnswer, RatesAnswer } from '@weir/contract'

export const DEFINITIONS = ['funnel', 'previous_stage', 'target_action'] as const

export type Definition = (typeof DEFINITIONS)[number]

/** The same answer with the rates of one definition (and `of_site`) only. */
export function onlyDefinition(answer: FunnelAnswer, definition?: Definition): FunnelAnswer {
  if (!definition) return answer
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
  return {
    ...row(answer),
    mature: answer.mature && { ...only(answer.mature), stages: answer.mature.stages.map(only) },
    breakdown: answer.breakdown?.map(row) ?? null,
    other: answer.other && row(answer.other),
    ...(answer.compare ? { compare: row(answer.compare) } : {}),
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
