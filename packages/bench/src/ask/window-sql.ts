import { STAGES } from './question.ts'

/** Where the events lie, and how that database writes times. */
export interface Source {
  from_clause: string
  visitor: string
  at: string
  /** Holds for the events of a stage, counted from 1. */
  isStage: (stage: number) => string
  from: string
  to: string
  window: string
}

/**
 * The funnel by chained window functions, exact where no visitor has two events at one time:
 * every event carries, stage by stage, the latest entry that a chain up to that stage began with
 * (semantics.md, "Matching, exactly": keeping only the latest is enough).
 */
export function windowSql(source: Source): string {
  const { from_clause, visitor, at, isStage, from, to, window } = source
  const all = STAGES.map((_, index) => isStage(index + 1))
  const kinds = STAGES.map((_, index) => `when ${all[index]} then ${index + 1}`).join(' ')
  const ctes = STAGES.map((_, index) => {
    const stage = index + 1
    const entry =
      stage === 1
        ? `max(happened) filter (where stage = 1 and happened < ${to})`
        : `max(entry_${index}) filter (where stage = ${stage} and happened <= entry_${index} + ${window})`
    return `
stage_${stage} as (
  select *, ${entry} over history as entry_${stage}
  from ${stage === 1 ? 'relevant' : `stage_${index}`}
  window history as (partition by visitor order by happened rows unbounded preceding)
)`
  })
  return `
with relevant as (
  select ${visitor} as visitor, ${at} as happened, case ${kinds} end as stage
  from ${from_clause}
    and ${at} >= ${from}
    and ${at} < ${to} + ${window}
    and (${all.join(' or ')})
),${ctes.join(',')},
furthest as (
  select visitor, ${STAGES.map((_, index) => `max(entry_${index + 1}) as entry_${index + 1}`).join(', ')}
  from stage_${STAGES.length}
  group by visitor
)
select ${STAGES.map((_, index) => `count(entry_${index + 1}) as stage_${index + 1}`).join(', ')}
from furthest`
}
